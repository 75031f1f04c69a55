import { cacheErrors } from '../cache.errors.js';
import { afterAwake } from './awake-timeout.js';
import type { ReaderEnvironment } from './cached-reader.js';
import { deepFreeze } from './deep-freeze.js';
import { Load, type LoadContext, type LoadOutcome } from './load.js';
import { observeReads, ReadObserver } from './read-observer.js';
import type { ReaderPolicy, ReaderStats } from './reader-policy.js';

const DEFAULT_LOAD_TIMEOUT_MS = 10_000;
/** One that was overtaken and one that is current. */
const MAX_LOADS_PER_KEY = 2;

export type RegisteredLoad<Value> = Pick<Load<Value>, 'outcome' | 'startedAtMs'>;

/** The loads of one reader that are under way: which may be joined, and how many run per key. */
export class LoadRegistry<Key, Value> {
  private readonly current = new Map<string, Load<Value>>();
  private readonly running = new Map<string, Set<Load<Value>>>();

  constructor(
    private readonly policy: ReaderPolicy<Key, Value>,
    private readonly environment: ReaderEnvironment,
    private readonly stats: ReaderStats,
    private readonly onLoaded: (id: string, outcome: LoadOutcome<Value>) => void,
  ) {}

  /** Keys with a load under way. */
  get size(): number {
    return this.running.size;
  }

  /** The load a newcomer shares; undefined when it has to wait for one of two to end. */
  currentOrStart(key: Key, id: string): RegisteredLoad<Value> | undefined {
    const present = this.current.get(id);
    if (present !== undefined) return present;
    const load = this.register(key, id);
    if (load !== undefined) {
      void this.perform(id, load, (context) => this.policy.load(key, context));
    }
    return load;
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
    const contexts = members.map(({ load }) => contextOf(load));
    const observer = new ReadObserver();
    const values = observeReads(observer, () =>
      loadMany(
        members.map(({ key }) => key),
        contexts,
      ),
    );
    members.forEach(({ id, load }, index) => {
      void this.perform(id, load, async () => (await values)[index], observer);
    });
  }

  async whenOneEnds(id: string): Promise<void> {
    const running = this.running.get(id);
    if (running === undefined) return;
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
    const load = new Load<Value>(coherence, clock.exactMs(), (doomed) => {
      if (this.current.get(id) === doomed) this.current.delete(id);
    });
    this.current.set(id, load);
    this.running.set(id, running.add(load));
    load.addTags(this.policy.tags?.(key) ?? []);
    return load;
  }

  private async perform(
    id: string,
    load: Load<Value>,
    read: (context: LoadContext) => Promise<Value | undefined>,
    observer = new ReadObserver(),
  ): Promise<void> {
    this.stats.loads += 1;
    const cancelTimeout = afterAwake(
      this.policy.loadTimeoutMs ?? DEFAULT_LOAD_TIMEOUT_MS,
      () => {
        this.forget(id, load);
        load.fail(
          cacheErrors.loadTimeout({ message: `loading ${this.policy.name} took too long` }),
        );
      },
      this.environment,
    );
    try {
      const value = deepFreeze(await observeReads(observer, () => read(contextOf(load))));
      load.addTags(observer.tags);
      this.forget(id, load);
      const outcome = load.succeed(value, observer.isStale);
      if (outcome !== undefined) this.onLoaded(id, outcome);
    } catch (error) {
      this.stats.loadFailures += 1;
      this.forget(id, load);
      load.fail(error);
    } finally {
      cancelTimeout();
      this.stats.loadMsTotal += this.environment.clock.exactMs() - load.startedAtMs;
    }
  }

  private forget(id: string, load: Load<Value>): void {
    if (this.current.get(id) === load) this.current.delete(id);
    const running = this.running.get(id);
    if (running?.delete(load) === true && running.size === 0) this.running.delete(id);
  }
}

function contextOf<Value>(load: Load<Value>): LoadContext {
  return { tag: (...tags) => load.addTags(tags), signal: load.signal };
}
