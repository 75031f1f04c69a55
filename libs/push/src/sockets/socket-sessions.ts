import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { UserError, type Clock } from '#libs/kernel';
import { Logger, Metrics, type RegisteredMetrics } from '#libs/observability';
import type { PushCredential } from './push-authenticator.js';
import { pushErrors } from '../push.errors.js';
import { pushMetrics } from '../push.metrics.js';
import type { PushSocket } from './push-server.js';
import { audiencesOf, type Addressee } from './rooms.js';

/** With the half second for which identity trusts what it holds, well within a second. */
const RECHECK_INTERVAL_MS = 250;
/** So long a connection stays open while nobody can tell whether its credential still counts. */
const MAX_UNCONFIRMED_MS = 30_000;
const MAX_SOCKETS = 10_000;
const MAX_SOCKETS_PER_USER = 20;
/** Events that wait for one connection to be confirmed; a push is a hint, so more are dropped. */
const MAX_UNDELIVERED = 1_000;
const MINUTE_MS = 60_000;

/** What depends on who the clients of the role are. */
export interface SocketLimits {
  /** Connections from one address (IPv6: one /64) to this replica. */
  readonly maxPerNetwork: number;
  /** Events a client may send at once, and per minute afterwards; one that says more is broken or hostile. */
  readonly maxEvents: number;
  readonly maxEventsPerMinute: number;
}

/** Staff have nothing to say, and an office has one address. */
export const STAFF_LIMITS: SocketLimits = {
  maxPerNetwork: MAX_SOCKETS,
  maxEvents: 20,
  maxEventsPerMinute: 0,
};

interface Session {
  readonly socket: PushSocket;
  readonly credential: PushCredential;
  readonly userId: string;
  readonly network: string;
  rooms: readonly string[];
  confirmedAtMs: number;
  clientEvents: number;
  clientEventAtMs: number;
  undelivered: number;
  /** Settles when the last event before the next one was sent or withheld. Never rejects. */
  delivered: Promise<void>;
}

/**
 * The connections of this replica and what they may hear.
 *
 * Every credential is asked again all the time: a connection whose session or key was revoked, or has
 * expired, is closed, and the rooms follow the permissions, within a second of the change on whatever
 * replica, Redis or not. Before each event for a room the credential is asked once more: what it does
 * not allow any more, or what cannot be confirmed, is withheld.
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
    private readonly clock: Pick<Clock, 'monotonicMs'>,
    private readonly limits: SocketLimits = STAFF_LIMITS,
  ) {
    this.metrics = metrics.register(pushMetrics, {
      sockets: (gauge) => gauge.set(this.sessions.size),
    });
  }

  get size(): number {
    return this.sessions.size;
  }

  /** Takes a place for a socket that was authenticated. Throws `push.too-many-connections`, `push.full`. */
  reserve(
    socket: PushSocket,
    credential: PushCredential,
    addressee: Addressee,
    network: string,
  ): void {
    this.forgetAbandoned();
    if (this.sessions.size >= MAX_SOCKETS) throw pushErrors.full();
    const { userId } = addressee;
    let [ofUser, ofNetwork] = [0, 0];
    for (const session of this.sessions.values()) {
      if (session.userId === userId) ofUser += 1;
      if (session.network === network) ofNetwork += 1;
    }
    if (ofUser >= MAX_SOCKETS_PER_USER || ofNetwork >= this.limits.maxPerNetwork) {
      throw pushErrors.tooManyConnections();
    }
    this.sessions.set(socket.id, {
      socket,
      credential,
      userId,
      network,
      rooms: audiencesOf(addressee),
      confirmedAtMs: this.clock.monotonicMs(),
      clientEvents: 0,
      clientEventAtMs: this.clock.monotonicMs(),
      undelivered: 0,
      delivered: Promise.resolve(),
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
      if (!this.mayTalk(session)) this.close(session, 'talkative');
    });
    this.schedule();
  }

  /** Calls `send` when the connection may hear one of the rooms now; in the order of the calls. */
  deliver(socketId: string, rooms: ReadonlySet<string>, send: () => void): void {
    const session = this.sessions.get(socketId);
    if (session !== undefined) {
      this.queue(session, () => session.rooms.some((room) => rooms.has(room)), send);
    }
  }

  /** Calls `send` when the credential of the connection counts now; in the order of the calls. */
  whenConfirmed(socketId: string, send: () => void): void {
    const session = this.sessions.get(socketId);
    if (session !== undefined) this.queue(session, () => true, send);
  }

  credentialOf(socketId: string): PushCredential | undefined {
    return this.sessions.get(socketId)?.credential;
  }

  /** Cuts a client off that does not keep up. */
  cutOff(socketId: string): void {
    const session = this.sessions.get(socketId);
    if (session !== undefined) this.close(session, 'slow');
  }

  onApplicationShutdown(): void {
    this.isStopped = true;
    clearTimeout(this.timer);
  }

  private queue(session: Session, isAllowed: () => boolean, send: () => void): void {
    if (session.undelivered >= MAX_UNDELIVERED) {
      this.metrics.withheld.inc({ reason: 'backlog' });
      return;
    }
    session.undelivered += 1;
    // Not in this turn: what was just committed here is applied to the cache by then.
    session.delivered = session.delivered.then(async () => {
      const isConfirmed = await this.check(session);
      session.undelivered -= 1;
      if (!isConfirmed) this.metrics.withheld.inc({ reason: 'unconfirmed' });
      else if (isAllowed()) send();
      else this.metrics.withheld.inc({ reason: 'not-allowed' });
    });
  }

  private mayTalk(session: Session): boolean {
    const { maxEvents, maxEventsPerMinute } = this.limits;
    const now = this.clock.monotonicMs();
    const forgotten = ((now - session.clientEventAtMs) / MINUTE_MS) * maxEventsPerMinute;
    session.clientEventAtMs = now;
    session.clientEvents = Math.max(0, session.clientEvents - forgotten) + 1;
    return session.clientEvents <= maxEvents;
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

  /** False when it could not be confirmed; then it is closed, at once or after a while. */
  private async check(session: Session): Promise<boolean> {
    try {
      const addressee = await session.credential.confirm();
      session.confirmedAtMs = this.clock.monotonicMs();
      this.follow(session, audiencesOf(addressee));
      return true;
    } catch (error) {
      if (error instanceof UserError) {
        session.socket.emit('session.ended', { code: error.code });
        this.close(session, 'credential');
      } else if (this.clock.monotonicMs() - session.confirmedAtMs > MAX_UNCONFIRMED_MS) {
        this.logger.warn(
          { err: error },
          'a connection is closed: its credential cannot be checked',
        );
        this.close(session, 'unconfirmed');
      }
      return false;
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
