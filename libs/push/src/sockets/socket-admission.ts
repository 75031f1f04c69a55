import { Inject, Injectable } from '@nestjs/common';
import { LockstepError, UserError } from '#libs/kernel';
import { Metrics, type RegisteredMetrics } from '#libs/observability';
import { ClientNetworks } from './client-networks.js';
import {
  PUSH_AUTHENTICATOR,
  type PushAuthenticator,
  type PushCredential,
} from './push-authenticator.js';
import { pushErrors } from '../push.errors.js';
import { pushMetrics } from '../push.metrics.js';
import type { PushSocket } from './push-server.js';
import type { Addressee } from './rooms.js';
import { SocketSessions } from './socket-sessions.js';

/** What a refused client finds in `error.data` of its `connect_error`. */
export interface ConnectionRefusal {
  readonly code: string;
  readonly title: string;
  readonly status: number;
}

/**
 * Lets a connection in when the credential of its handshake (`auth`) stands for somebody. What is in
 * a URL is never looked at.
 */
@Injectable()
export class SocketAdmission {
  private readonly metrics: RegisteredMetrics<typeof pushMetrics>;

  constructor(
    @Inject(PUSH_AUTHENTICATOR) private readonly authenticator: PushAuthenticator,
    private readonly sessions: SocketSessions,
    private readonly networks: ClientNetworks,
    metrics: Metrics,
  ) {
    this.metrics = metrics.register(pushMetrics);
  }

  /** What a Socket.IO middleware hands on: nothing, or why the client is refused. */
  async admit(socket: PushSocket): Promise<Error | undefined> {
    try {
      const credential = this.credentialOf(socket);
      const network = this.networks.of(socket.request);
      this.sessions.reserve(socket, credential, await confirmed(credential), network);
      return undefined;
    } catch (error) {
      return this.refusal(error);
    }
  }

  private credentialOf(socket: PushSocket): PushCredential {
    const credential = this.authenticator.read(socket.handshake.auth);
    if (credential === undefined) throw pushErrors.tokenMissing();
    return credential;
  }

  private refusal(error: unknown): Error {
    const known = error instanceof LockstepError ? error : pushErrors.unavailable({ cause: error });
    this.metrics.refusals.inc({ code: known.code });
    const { code, title, status } = known;
    return Object.assign(new Error(title), {
      data: { code, title, status } satisfies ConnectionRefusal,
    });
  }
}

async function confirmed(credential: PushCredential): Promise<Addressee> {
  try {
    return await credential.confirm();
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw pushErrors.unavailable({ cause: error });
  }
}
