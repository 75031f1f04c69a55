import { z } from 'zod';
import { isRedisRefusal, RedisScript, type Redis, type RedisNames } from '#libs/redis';
import type { Scheduler } from '../core/time/scheduler.js';
import { Circuit, type Attempt } from './circuit.js';
import { sharedScripts } from './shared-scripts.js';
import type {
  ExtendOutcome,
  PutOutcome,
  ReadOutcome,
  ReleaseOutcome,
  RemoveOutcome,
  SeriesMember,
  SharedAddress,
  SharedStore,
  SharedVersion,
  SharedWrite,
  TakeOutcome,
} from './shared-store.js';

/** Why something was unavailable. */
export type SharedFailure = Exclude<Attempt<never>['kind'], 'answered'> | 'unreadable';

export interface RedisSharedStoreOptions {
  /** Fails fast: it queues nothing and has a command timeout. */
  readonly client: Redis;
  readonly names: Pick<RedisNames, 'sharedEntry' | 'sharedLock'>;
  readonly scheduler: Scheduler;
  readonly onFailure?: (reason: SharedFailure) => void;
  readonly onCircuitChanged?: (isOpen: boolean) => void;
}

const PROBE_EVERY_MS = 250;
/** How long the fence of a lock is remembered after its lease: more than clocks are set back by. */
const FENCE_MEMORY_MS = 3_600_000;
const ANY = '';

const conditionalReply = z.tuple([z.union([z.literal(0), z.literal(1)]), z.string()]);
const ownedReply = z.union([z.literal(0), z.literal(1)]);
const takeReply = z.union([z.null(), z.string().regex(/^\d+$/).transform(Number).pipe(z.int())]);
const entryText = /^([0-9a-f-]{36}) (.*)$/s;

/**
 * The shared cache in Redis.
 *
 * Guarantees: what it is asked settles within the command timeout of the client (twice that when Redis has
 * just forgotten its scripts), and at once while Redis does not answer: a circuit then asks on its own
 * until it does. Versions are made by the writer, so they do not depend on what Redis remembers. Fences are
 * the time of the server in microseconds, or one more than the last when the clock has not passed it; a
 * fence is remembered for an hour after its lease.
 */
export class RedisSharedStore implements SharedStore {
  private readonly circuit: Circuit;
  private readonly scripts: Readonly<Record<keyof typeof sharedScripts, RedisScript>>;

  constructor(private readonly options: RedisSharedStoreOptions) {
    const { client, scheduler, onCircuitChanged } = options;
    this.circuit = new Circuit({
      scheduler,
      probe: () => client.ping(),
      probeEveryMs: PROBE_EVERY_MS,
      isRefusal: isRedisRefusal,
      ...(onCircuitChanged === undefined ? {} : { onChanged: onCircuitChanged }),
    });
    this.scripts = {
      write: new RedisScript(client, sharedScripts.write),
      remove: new RedisScript(client, sharedScripts.remove),
      readSeries: new RedisScript(client, sharedScripts.readSeries),
      writeSeries: new RedisScript(client, sharedScripts.writeSeries),
      take: new RedisScript(client, sharedScripts.take),
      extend: new RedisScript(client, sharedScripts.extend),
      release: new RedisScript(client, sharedScripts.release),
    };
  }

  get isCircuitOpen(): boolean {
    return this.circuit.isOpen;
  }

  /** Asks Redis nothing any more; everything is unavailable. */
  stop(): void {
    this.circuit.stop();
  }

  async read(address: SharedAddress): Promise<ReadOutcome> {
    const { client } = this.options;
    const attempt = await this.circuit.run(() => client.get(this.entryKey(address)));
    const text = this.answerOf(attempt, z.string().nullable());
    if (text === undefined) return { outcome: 'unavailable' };
    const [, version, value] = entryText.exec(text ?? '') ?? [];
    if (version === undefined || value === undefined) return { outcome: 'absent' };
    return { outcome: 'found', text: value, version: version as SharedVersion };
  }

  async write(
    address: SharedAddress,
    { text, version, ttlMs, expected }: SharedWrite,
  ): Promise<PutOutcome> {
    const args = [expected ?? ANY, `${version} ${text}`, ttlMs];
    const attempt = await this.run('write', this.entryKey(address), args);
    const answer = this.answerOf(attempt, conditionalReply);
    if (answer === undefined) return { outcome: 'unavailable' };
    return answer[0] === 1 ? { outcome: 'stored', version } : staleWith(answer[1]);
  }

  async remove(address: SharedAddress, expected?: SharedVersion): Promise<RemoveOutcome> {
    const attempt = await this.run('remove', this.entryKey(address), [expected ?? ANY]);
    const answer = this.answerOf(attempt, conditionalReply);
    if (answer === undefined) return { outcome: 'unavailable' };
    return answer[0] === 1 ? { outcome: 'removed' } : staleWith(answer[1]);
  }

  async readSeries(
    address: SharedAddress,
    limit: number,
  ): Promise<readonly string[] | 'unavailable'> {
    const attempt = await this.run('readSeries', this.entryKey(address), [limit - 1]);
    return this.answerOf(attempt, z.array(z.string())) ?? 'unavailable';
  }

  async writeSeries(
    address: SharedAddress,
    members: readonly SeriesMember[],
    ttlMs: number,
  ): Promise<'stored' | 'unavailable'> {
    const args = members.flatMap(({ score, text }) => [score, text]);
    const attempt = await this.run('writeSeries', this.entryKey(address), [ttlMs, ...args]);
    return this.answerOf(attempt, z.literal(1)) === undefined ? 'unavailable' : 'stored';
  }

  async take(address: SharedAddress, owner: string, leaseMs: number): Promise<TakeOutcome> {
    const args = [owner, FENCE_MEMORY_MS, leaseMs];
    const attempt = await this.run('take', this.lockKey(address), args);
    if (attempt.kind === 'silent') this.undoTake(address, owner);
    const fence = this.answerOf(attempt, takeReply);
    if (fence === undefined) return { state: 'unavailable' };
    return fence === null ? { state: 'taken' } : { state: 'held', fence };
  }

  async extend(address: SharedAddress, owner: string, leaseMs: number): Promise<ExtendOutcome> {
    const args = [owner, FENCE_MEMORY_MS, leaseMs];
    const attempt = await this.run('extend', this.lockKey(address), args);
    const answer = this.answerOf(attempt, ownedReply);
    if (answer === undefined) return 'unavailable';
    return answer === 1 ? 'extended' : 'lost';
  }

  async release(address: SharedAddress, owner: string): Promise<ReleaseOutcome> {
    const args = [owner, FENCE_MEMORY_MS];
    const attempt = await this.run('release', this.lockKey(address), args);
    const answer = this.answerOf(attempt, ownedReply);
    if (answer === undefined) return 'unavailable';
    return answer === 1 ? 'released' : 'lost';
  }

  /**
   * A taking without an answer may be carried out when Redis wakes up, and its owner would not know that it
   * holds the lock. On the same connection the release comes after it; on a new one the lease ends it.
   */
  private undoTake(address: SharedAddress, owner: string): void {
    const args = [owner, FENCE_MEMORY_MS];
    // The caller has its answer already, and the lease ends what this cannot.
    this.scripts.release.run([this.lockKey(address)], args).catch(() => undefined);
  }

  private run(
    script: keyof typeof sharedScripts,
    key: string,
    args: readonly (string | number)[],
  ): Promise<Attempt<unknown>> {
    return this.circuit.run(() => this.scripts[script].run([key], args));
  }

  /** undefined: unavailable. */
  private answerOf<T>(attempt: Attempt<unknown>, schema: z.ZodType<T>): T | undefined {
    const { onFailure } = this.options;
    if (attempt.kind !== 'answered') {
      onFailure?.(attempt.kind);
      return undefined;
    }
    const parsed = schema.safeParse(attempt.value);
    if (!parsed.success) onFailure?.('unreadable');
    return parsed.data;
  }

  private entryKey({ region, key }: SharedAddress): string {
    return this.options.names.sharedEntry(region, key);
  }

  private lockKey({ region, key }: SharedAddress): string {
    return this.options.names.sharedLock(region, key);
  }
}

function staleWith(version: string): { outcome: 'stale'; version?: SharedVersion } {
  return version === ''
    ? { outcome: 'stale' }
    : { outcome: 'stale', version: version as SharedVersion };
}
