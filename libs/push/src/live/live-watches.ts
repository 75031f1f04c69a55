import type { Scheduler } from '#libs/cache';
import type { Clock, JsonObject } from '#libs/kernel';
import { Metrics, type Logger } from '#libs/observability';
import type { NoteDelivery } from '../sockets/carried-trace.js';
import type { WatchedThing } from '../sockets/push-events.js';
import { pushErrors } from '../push.errors.js';
import { pushMetrics } from '../push.metrics.js';
import type { PushSocket } from '../sockets/push-server.js';
import type { SocketSessions } from '../sockets/socket-sessions.js';
import type { LiveSource, LiveWish } from './live-source.js';
import { WatchRegistry, type Watch } from './watch-registry.js';
import type { WatchingClient } from './watching-client.js';

/** What one connection may watch. */
export const MAX_WATCHES = 64;
/** Looks begin no sooner after one another: what changes meanwhile is told once. */
const LOOK_INTERVAL_MS = 250;
const RETRY_MS = 1_000;
/** How long a hint that was lost may go unnoticed, while the replicas hear one another and while they do not. */
const SWEEP_LINKED_MS = 5_000;
const SWEEP_UNLINKED_MS = 1_000;
const MAX_STUCK_MS = 10_000;

interface Failure {
  readonly error: unknown;
  /** They are as they were seen before. */
  readonly unseen: readonly Watch[];
}

export interface LiveWatchesOptions {
  readonly sessions: Pick<SocketSessions, 'whenConfirmed' | 'cutOff'>;
  readonly transport: { readonly isLinked: boolean };
  readonly clock: Pick<Clock, 'monotonicMs'>;
  readonly scheduler: Pick<Scheduler, 'after'>;
  readonly logger: Pick<Logger, 'warn'>;
  readonly metrics: Metrics;
}

/**
 * What the shoppers who are connected to this replica watch, and telling them when it is not as they were
 * last told.
 *
 * A touch, from wherever it comes, says only that something may have changed: the thing is then looked at,
 * for each client under what that client presents, and told when it differs. So a touch that is repeated or
 * forged costs a look, and one that is lost is made good by the next sweep. Looks are taken together, a few
 * times a second at most, and one look is under way at a time.
 */
export class LiveWatches {
  private readonly registry = new WatchRegistry();
  private readonly due = new Set<Watch>();
  private cancelLook: (() => void) | undefined;
  private cancelSweep: (() => void) | undefined;
  private lookedAtMs = -Infinity;
  private isLooking = false;
  private isStopped = false;

  constructor(private readonly options: LiveWatchesOptions) {
    options.metrics.register(pushMetrics, {
      watches: (gauge) => gauge.set(this.registry.size),
    });
  }

  /**
   * From now on the client watches these things, and nothing else. Resolves with each as it is now; what is
   * not there, or not theirs, is not watched. Requests of one client are answered in their order.
   *
   * Throws `push.too-many-watches`, and what looking throws; then it watches what it watched before.
   */
  watch(
    socket: PushSocket,
    read: () => Promise<readonly LiveWish[]>,
  ): Promise<readonly WatchedThing[]> {
    const client = this.registry.clientOf(socket);
    // Answers count as well: a client that takes none must not ask for ever.
    this.isStuck(client);
    const answer = client.answered.then(async () => this.begin(client, await read()));
    client.answered = answer.then(
      () => undefined,
      () => undefined, // It is the answer of this request, not of the next.
    );
    return answer;
  }

  forget(socket: PushSocket): void {
    this.registry.replace(this.registry.clientOf(socket), []);
  }

  /** What the topic names may have changed; with what to call when a client is told that it has. */
  touch(topic: string, noteDelivery?: NoteDelivery): void {
    for (const watch of this.registry.of(topic)) {
      this.due.add(watch);
      watch.noteDelivery ??= noteDelivery;
    }
    if (this.due.size > 0) this.schedule(0);
  }

  /** It is not known what was missed. */
  touchAll(): void {
    for (const watch of this.registry.all()) this.due.add(watch);
    if (this.due.size > 0) this.schedule(0);
  }

  stop(): void {
    this.isStopped = true;
    this.cancelLook?.();
    this.cancelSweep?.();
  }

  private async begin(
    client: WatchingClient,
    wishes: readonly LiveWish[],
  ): Promise<readonly WatchedThing[]> {
    if (wishes.length > MAX_WATCHES) throw pushErrors.tooManyWatches();
    const before = client.watches;
    const watches = wishes.map((wish): Watch => ({
      ...wish,
      client,
      seen: undefined,
      told: undefined,
      isAnswering: true,
      noteDelivery: undefined,
    }));
    // Watched before it is looked at, so that no change falls between.
    this.registry.replace(client, watches);
    try {
      const failure = await this.look(watches);
      if (failure !== undefined) throw failure.error;
    } catch (error) {
      this.settle(client, before);
      // What was touched meanwhile was not seen to be theirs.
      for (const watch of before) this.due.add(watch);
      this.schedule(RETRY_MS);
      throw error;
    }
    for (const watch of watches) {
      watch.told = textOf(watch.seen);
      watch.isAnswering = false;
    }
    this.settle(
      client,
      watches.filter(({ seen }) => seen !== undefined),
    );
    return watches.map(thingOf);
  }

  /** It may have gone meanwhile. */
  private settle(client: WatchingClient, watches: readonly Watch[]): void {
    this.registry.replace(client, client.socket.connected ? watches : []);
    this.scheduleSweep();
  }

  private schedule(inMs: number): void {
    if (this.cancelLook !== undefined || this.isLooking || this.isStopped) return;
    const pauseMs = this.lookedAtMs + LOOK_INTERVAL_MS - this.options.clock.monotonicMs();
    const waitMs = Math.max(inMs, Math.min(pauseMs, LOOK_INTERVAL_MS));
    this.cancelLook = this.options.scheduler.after(waitMs, () => void this.lookAtDue());
  }

  private scheduleSweep(): void {
    if (this.cancelSweep !== undefined || this.isStopped || this.registry.size === 0) return;
    const inMs = this.options.transport.isLinked ? SWEEP_LINKED_MS : SWEEP_UNLINKED_MS;
    this.cancelSweep = this.options.scheduler.after(inMs, () => {
      this.cancelSweep = undefined;
      for (const watch of this.registry.all()) if (watch.source.isSwept) this.due.add(watch);
      if (this.due.size > 0) this.schedule(0);
      this.scheduleSweep();
    });
  }

  private async lookAtDue(): Promise<void> {
    this.cancelLook = undefined;
    this.isLooking = true;
    this.lookedAtMs = this.options.clock.monotonicMs();
    const watches: Watch[] = [];
    for (const watch of this.due) {
      const isWatched = this.registry.has(watch);
      if (isWatched && watch.isAnswering) continue;
      this.due.delete(watch);
      if (isWatched) watches.push(watch);
    }
    const failure = await this.look(watches);
    if (failure !== undefined) {
      const { error: err, unseen } = failure;
      this.options.logger.warn({ err }, 'what shoppers watch cannot be looked at');
      for (const watch of unseen) this.due.add(watch);
    }
    this.tell(watches);
    this.isLooking = false;
    if (this.due.size > 0) this.schedule(failure === undefined ? 0 : RETRY_MS);
  }

  /** A query a kind, whatever the number of clients. A kind that cannot be looked at leaves the others alone. */
  private async look(watches: readonly Watch[]): Promise<Failure | undefined> {
    const byKind = new Map<LiveSource, Watch[]>();
    for (const watch of watches) {
      const ofKind = byKind.get(watch.source);
      if (ofKind === undefined) byKind.set(watch.source, [watch]);
      else ofKind.push(watch);
    }
    let failure: Failure | undefined;
    for (const [source, ofKind] of byKind) {
      try {
        const states = await source.look(ofKind.map(({ address }) => address));
        for (const [index, watch] of ofKind.entries()) watch.seen = states[index];
      } catch (error) {
        failure = { error, unseen: [...(failure?.unseen ?? []), ...ofKind] };
      }
    }
    return failure;
  }

  private tell(watches: readonly Watch[]): void {
    const changed = new Map<WatchingClient, Watch[]>();
    for (const watch of watches) {
      if (textOf(watch.seen) === watch.told) {
        // Touched again meanwhile: that is still to be looked at.
        if (!this.due.has(watch)) watch.noteDelivery = undefined;
        continue;
      }
      const ofClient = changed.get(watch.client);
      if (ofClient === undefined) changed.set(watch.client, [watch]);
      else ofClient.push(watch);
    }
    for (const [client, ofClient] of changed) {
      // Until it was sent it is due: a connection that cannot be confirmed, or does not take it, is told later.
      for (const watch of ofClient) this.due.add(watch);
      if (this.isStuck(client)) continue;
      this.options.sessions.whenConfirmed(client.socket.id, () => this.send(client, ofClient));
    }
  }

  private send(client: WatchingClient, watches: readonly Watch[]): void {
    // It may have asked for other things meanwhile; and what it is told is what was seen last.
    const news = watches.filter(
      (watch) => this.registry.has(watch) && textOf(watch.seen) !== watch.told,
    );
    if (news.length === 0) return;
    for (const watch of news) {
      this.due.delete(watch);
      watch.told = textOf(watch.seen);
      if (watch.seen === undefined) this.registry.remove(watch);
    }
    client.socket.emit('changed', { things: news.map(thingOf) });
    for (const watch of news) {
      watch.noteDelivery?.();
      watch.noteDelivery = undefined;
    }
  }

  /** A client that has not taken the last message gets no other one; one that never does is cut off. */
  private isStuck(client: WatchingClient): boolean {
    const stuckForMs = client.stuckForMs(this.options.clock.monotonicMs());
    if (stuckForMs === undefined) return false;
    if (stuckForMs > MAX_STUCK_MS) this.options.sessions.cutOff(client.socket.id);
    return true;
  }
}

function thingOf({ source, id, seen }: Watch): WatchedThing {
  return { kind: source.kind, id, state: seen ?? null };
}

function textOf(state: JsonObject | undefined): string | undefined {
  return state === undefined ? undefined : JSON.stringify(state);
}
