import { traced } from '#libs/kernel';
import { cacheErrors } from '../../cache.errors.js';
import { afterAwake } from '../time/awake-timeout.js';
import { deepFreeze } from '../entries/deep-freeze.js';
import { Load, type LoadContext, type LoadOutcome } from './load.js';
import type { LoadTicket } from './load-ticket.js';
import { currentObserver, observeReads, ReadObserver } from '../reading/read-observer.js';
import { ReadMoments } from '../reading/read-moments.js';
import type { ReaderEnvironment } from '../reading/reader-environment.js';
import type { ReaderPolicy, ReaderStats } from '../reading/reader-policy.js';

const DEFAULT_LOAD_TIMEOUT_MS = 10_000;
/** One that was overtaken and one that is current. */
const MAX_LOADS_PER_KEY = 2;

export type RegisteredLoad<Value> = Pick<Load<Value>, 'waitFor' | 'startedAtMs'>;

/** The loads of one reader that are under way: which may be joined, and how many run per key. */
export class LoadRegistry<Key, Value> {
  private readonly current = new Map<string, Load<Value>>();
  private readonly running = new Map<string, Set<Load<Value>>>();

  constructor(
    private readonly policy: ReaderPolicy<Key, Value>,
    private readonly environment: ReaderEnvironment,
    private readonly stats: ReaderStats,
    private readonly onLoaded: (id: string, outcome: LoadOutcome<Value>, loadMs: number) => void,
  ) {}

  /** Keys with a load under way. */
  get size(): number {
    return this.running.size;
  }

  isUnderWay(id: string): boolean {
    return this.running.has(id);
  }

  get hasRoom(): boolean {
    return this.environment.slots.hasRoom;
  }

  /** The load a newcomer shares; undefined when it has to wait for one of two to end. */
  currentOrStart(key: Key, id: string): RegisteredLoad<Value> | undefined {
    const present = this.current.get(id);
    if (present === undefined) return this.start(key, id);
    if (isInsideLoad()) present.ticket?.admit();
    return present;
  }

  /** Starts a load that no read waits for, when none can be joined and there is room for one. */
  begin(key: Key, id: string): boolean {
    if (this.current.has(id) || !this.hasRoom) return false;
    const load = this.start(key, id);
    // It is wanted although nobody waits: those who come to wait may go again.
    void load?.waitFor(undefined);
    return load !== undefined;
  }

  /** Starts one common query for those keys that have no joinable load. */
  startTogether(keys: readonly Key[]): void {
    const { loadMany } = this.policy;
    if (loadMany === undefined) return;
    const members: { key: Key; id: string; load: Load<Value> }[] = [];
    const seen = new Set<string>();
    for (const key of keys) {
      const id = this.policy.key(key);
      if (seen.has(id) || this.current.has(id)) continue;
      seen.add(id);
      const load = this.register(key, id);
      if (load !== undefined) members.push({ key, id, load });
    }
    if (members.length === 0) return;
    const ticket = this.environment.slots.ticket(isInsideLoad());
    const contexts = members.map(({ load }) => load);
    const observer = new ReadObserver();
    // One query for several loads: it is of use until the last of them is abandoned, and then ends by itself.
    observer.audience = undefined;
    let values: Promise<readonly (Value | undefined)[]> | undefined;
    const loadAll = () =>
      loadMany(
        members.map(({ key }) => key),
        contexts,
      );
    members.forEach(({ id, load }, index) => {
      void this.perform(
        id,
        load,
        ticket,
        observer,
        async () => (await (values ??= loadAll()))[index],
      );
    });
  }

  async whenOneEnds(id: string): Promise<void> {
    const running = this.running.get(id);
    if (running === undefined) return;
    if (isInsideLoad()) for (const load of running) load.ticket?.admit();
    await Promise.race([...running].map((load) => load.outcome.catch(() => undefined)));
  }

  doomAll(sequence: number): void {
    for (const loads of this.running.values()) {
      for (const load of loads) load.invalidated(sequence);
    }
  }

  private register(key: Key, id: string): Load<Value> | undefined {
    const running = this.running.get(id) ?? new Set();
    if (running.size >= MAX_LOADS_PER_KEY) return undefined;
    const { coherence, clock } = this.environment;
    const load = new Load<Value>(coherence, clock.exactMs(), {
      doomed: (doomed) => {
        if (this.current.get(id) === doomed) this.current.delete(id);
      },
      abandoned: (abandoned, reason) => this.giveUp(id, abandoned, reason),
    });
    this.current.set(id, load);
    this.running.set(id, running.add(load));
    load.addTags(this.policy.tags?.(key) ?? []);
    return load;
  }

  private start(key: Key, id: string): Load<Value> | undefined {
    const load = this.register(key, id);
    if (load === undefined) return undefined;
    const ticket = this.environment.slots.ticket(isInsideLoad());
    const observer = new ReadObserver();
    observer.audience = () => load.signal;
    void this.perform(id, load, ticket, observer, (context) => this.policy.load(key, context));
    return load;
  }

  private async perform(
    id: string,
    load: Load<Value>,
    ticket: LoadTicket,
    observer: ReadObserver,
    read: (context: LoadContext) => Promise<Value | undefined>,
  ): Promise<void> {
    this.stats.loads += 1;
    load.ticket = ticket;
    observer.isInsideLoad = true;
    if (this.policy.isFromMemory === true) observer.moments = new ReadMoments();
    const { clock } = this.environment;
    load.leaveTicket = ticket.hold();
    let cancelTimeout = (): void => undefined;
    let beganAtMs = Infinity;
    try {
      if (!ticket.isAdmitted) await ticket.turn;
      beganAtMs = clock.exactMs();
      cancelTimeout = this.afterTimeout(id, load);
      const loading = traced(
        () => ({ name: 'cache load', facts: { 'lockstep.cache': this.policy.name } }),
        () => observeReads(observer, () => read(load)),
      );
      const value = deepFreeze(await loading);
      this.forget(id, load);
      const outcome = load.succeed(value, observer, this.readUntilMs(load, observer));
      if (outcome !== undefined) this.onLoaded(id, outcome, clock.exactMs() - beganAtMs);
    } catch (error) {
      if (!load.isAbandoned) this.stats.loadFailures += 1;
      this.forget(id, load);
      load.fail(error);
    } finally {
      cancelTimeout();
      load.leaveTicket();
      this.stats.loadMsTotal += Math.max(0, clock.exactMs() - beganAtMs);
    }
  }

  /** Rounded up because whole numbers take less memory. */
  private readUntilMs(load: Load<Value>, observer: ReadObserver): number {
    if (this.policy.isFromMemory === true || load.isFromMemory) return observer.readUntilMs;
    return Math.ceil(this.environment.clock.exactMs());
  }

  private afterTimeout(id: string, load: Load<Value>): () => void {
    return afterAwake(
      this.policy.loadTimeoutMs ?? DEFAULT_LOAD_TIMEOUT_MS,
      () =>
        this.giveUp(
          id,
          load,
          cacheErrors.loadTimeout({
            message: `loading ${this.policy.name} took too long`,
            retryAfterSeconds: 1,
          }),
        ),
      this.environment,
    );
  }

  /** Its query is not waited for: who comes now begins another, and its place is for others. */
  private giveUp(id: string, load: Load<Value>, reason: unknown): void {
    this.forget(id, load);
    load.leaveTicket();
    load.fail(reason);
  }

  private forget(id: string, load: Load<Value>): void {
    if (this.current.get(id) === load) this.current.delete(id);
    const running = this.running.get(id);
    if (running?.delete(load) === true && running.size === 0) this.running.delete(id);
  }
}

/** A load that waited for its turn inside another would keep the turn of that other. */
function isInsideLoad(): boolean {
  return currentObserver()?.isInsideLoad ?? false;
}
