import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { UserError } from '#libs/kernel';
import { Logger, Metrics, type RegisteredMetrics } from '#libs/observability';
import type { PushCredential } from './push-authenticator.js';
import { pushErrors } from './push.errors.js';
import { pushMetrics } from './push.metrics.js';
import type { PushSocket } from './push-server.js';
import { audiencesOf, type Addressee } from './rooms.js';

/** With the half second for which identity trusts what it holds, well within a second. */
const RECHECK_INTERVAL_MS = 250;
/** So long a connection stays open while nobody can tell whether its credential still counts. */
const MAX_UNCONFIRMED_MS = 30_000;
const MAX_SOCKETS = 10_000;
const MAX_SOCKETS_PER_USER = 20;
/** Clients have nothing to say; one that keeps talking is broken or hostile. */
const MAX_CLIENT_EVENTS = 20;

interface Session {
  readonly socket: PushSocket;
  readonly credential: PushCredential;
  readonly userId: string;
  rooms: readonly string[];
  confirmedAtMs: number;
  clientEvents: number;
}

/**
 * The connections of this replica and what they may hear.
 *
 * Every credential is asked again all the time: a connection whose session or key was revoked, or has
 * expired, is closed, and the rooms follow the permissions, within a second of the change on whatever
 * replica, Redis or not.
 */
@Injectable()
export class SocketSessions implements OnApplicationShutdown {
  private readonly sessions = new Map<string, Session>();
  private readonly metrics: RegisteredMetrics<typeof pushMetrics>;
  private timer: NodeJS.Timeout | undefined;
  private isStopped = false;

  constructor(
    metrics: Metrics,
    private readonly logger: Logger,
  ) {
    this.metrics = metrics.register(pushMetrics, {
      sockets: (gauge) => gauge.set(this.sessions.size),
    });
  }

  get size(): number {
    return this.sessions.size;
  }

  /** Takes a place for a socket that was authenticated. Throws `push.too-many-connections`, `push.full`. */
  reserve(socket: PushSocket, credential: PushCredential, addressee: Addressee): void {
    this.forgetAbandoned();
    if (this.sessions.size >= MAX_SOCKETS) throw pushErrors.full();
    const { userId } = addressee;
    const own = [...this.sessions.values()].filter((session) => session.userId === userId);
    if (own.length >= MAX_SOCKETS_PER_USER) throw pushErrors.tooManyConnections();
    this.sessions.set(socket.id, {
      socket,
      credential,
      userId,
      rooms: audiencesOf(addressee),
      confirmedAtMs: performance.now(),
      clientEvents: 0,
    });
  }

  /** The socket is connected: it joins its rooms and is watched from now on. */
  connected(socket: PushSocket): void {
    const session = this.sessions.get(socket.id);
    if (session === undefined) {
      socket.disconnect(true);
      return;
    }
    void socket.join([...session.rooms]);
    socket.on('disconnect', () => this.sessions.delete(socket.id));
    socket.onAny(() => {
      session.clientEvents += 1;
      if (session.clientEvents > MAX_CLIENT_EVENTS) this.close(session, 'talkative');
    });
    this.schedule();
  }

  onApplicationShutdown(): void {
    this.isStopped = true;
    clearTimeout(this.timer);
  }

  private schedule(): void {
    if (this.timer !== undefined || this.isStopped || this.sessions.size === 0) return;
    this.timer = setTimeout(() => void this.recheck(), RECHECK_INTERVAL_MS);
    this.timer.unref();
  }

  private async recheck(): Promise<void> {
    await Promise.all([...this.sessions.values()].map((session) => this.check(session)));
    this.timer = undefined;
    this.schedule();
  }

  private async check(session: Session): Promise<void> {
    try {
      const addressee = await session.credential.confirm();
      session.confirmedAtMs = performance.now();
      this.follow(session, audiencesOf(addressee));
    } catch (error) {
      if (error instanceof UserError) {
        session.socket.emit('session.ended', { code: error.code });
        this.close(session, 'credential');
      } else if (performance.now() - session.confirmedAtMs > MAX_UNCONFIRMED_MS) {
        this.logger.warn(
          { err: error },
          'a connection is closed: its credential cannot be checked',
        );
        this.close(session, 'unconfirmed');
      }
    }
  }

  /** Joins what is new and leaves what is gone, in one step of the event loop. */
  private follow(session: Session, now: readonly string[]): void {
    const before = session.rooms;
    if (now.length === before.length && now.every((room, index) => room === before[index])) return;
    const kept = new Set(now);
    for (const room of before) if (!kept.has(room)) void session.socket.leave(room);
    void session.socket.join([...now]);
    session.rooms = now;
  }

  private close(session: Session, reason: string): void {
    this.metrics.endings.inc({ reason });
    session.socket.disconnect(true);
    this.sessions.delete(session.socket.id);
  }

  /** A client may go away between its authentication and its connection; no event tells. */
  private forgetAbandoned(): void {
    for (const [id, { socket }] of this.sessions) {
      if (socket.conn.readyState === 'closed') this.sessions.delete(id);
    }
  }
}
