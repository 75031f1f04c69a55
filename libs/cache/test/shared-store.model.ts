import assert from 'node:assert/strict';
import fc from 'fast-check';
import { newId } from '#libs/kernel';
import type { ExpectedVersion, SharedStore, SharedVersion } from '../src/shared/shared-store.js';

const REGION = 'model';
const LEASE_MS = 600_000;
const keys = fc.constantFrom('a', 'b');
/** Which of the versions that a key has had, from the newest back. */
const age = fc.nat({ max: 3 });
const owner = fc.constantFrom('1', '2');

export type SharedStep =
  | { readonly kind: 'read'; readonly key: string }
  | { readonly kind: 'write'; readonly key: string; readonly expected: Expected }
  | { readonly kind: 'remove'; readonly key: string; readonly age: number | undefined }
  | { readonly kind: 'take' | 'extend' | 'release'; readonly key: string; readonly owner: string }
  | { readonly kind: 'empty' };

type Expected = 'anything' | 'absent' | number;

export const sharedSteps: fc.Arbitrary<readonly SharedStep[]> = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('read' as const), key: keys }),
    fc.record({
      kind: fc.constant('write' as const),
      key: keys,
      expected: fc.oneof(fc.constant('anything' as const), fc.constant('absent' as const), age),
    }),
    fc.record({
      kind: fc.constant('remove' as const),
      key: keys,
      age: fc.option(age, { nil: undefined }),
    }),
    fc.record({ kind: fc.constantFrom('take', 'extend', 'release'), key: keys, owner }),
    fc.record({ kind: fc.constant('empty' as const) }),
  ),
  { maxLength: 40 },
);

/** What a shared store must answer, said as plainly as possible: nothing expires and nothing fails. */
export class SharedStoreModel {
  private readonly entries = new Map<string, { text: string; version: SharedVersion }>();
  private readonly versions = new Map<string, SharedVersion[]>();
  private readonly holders = new Map<string, string>();
  private readonly fences = new Map<string, number>();
  private writes = 0;

  constructor(
    private readonly store: SharedStore,
    private readonly empty: () => Promise<void>,
    /** Keeps the keys of one run apart from those of another. */
    private readonly run: string,
  ) {}

  async play(step: SharedStep): Promise<void> {
    switch (step.kind) {
      case 'read':
        return this.read(step.key);
      case 'write':
        return this.write(step.key, step.expected);
      case 'remove':
        return this.remove(step.key, step.age);
      case 'take':
        return this.take(step.key, step.owner);
      case 'extend':
      case 'release':
        return this.keepOrRelease(step.kind, step.key, step.owner);
      case 'empty':
        this.entries.clear();
        this.holders.clear();
        return this.empty();
    }
  }

  private async read(key: string): Promise<void> {
    const entry = this.entries.get(key);
    assert.deepEqual(
      await this.store.read(this.address(key)),
      entry === undefined ? { outcome: 'absent' } : { outcome: 'found', ...entry },
    );
  }

  private async write(key: string, wanted: Expected): Promise<void> {
    const current = this.entries.get(key)?.version;
    const expected = this.expectation(key, wanted);
    this.writes += 1;
    const text = `text ${this.writes}`;
    const version = newId() as SharedVersion;
    const write = { text, version, ttlMs: LEASE_MS, expected };
    const fits = expected === undefined || expected === (current ?? 'absent');
    assert.deepEqual(
      await this.store.write(this.address(key), write),
      fits ? { outcome: 'stored', version } : stale(current),
    );
    if (!fits) return;
    this.entries.set(key, { text, version });
    this.versions.set(key, [version, ...(this.versions.get(key) ?? [])]);
  }

  private async remove(key: string, ageWanted: number | undefined): Promise<void> {
    const current = this.entries.get(key)?.version;
    const expected = ageWanted === undefined ? undefined : this.versionOfAge(key, ageWanted);
    const fits = expected === undefined || expected === current;
    assert.deepEqual(
      await this.store.remove(this.address(key), expected),
      fits ? { outcome: 'removed' } : stale(current),
    );
    if (fits) this.entries.delete(key);
  }

  private async take(key: string, who: string): Promise<void> {
    const taken = await this.store.take(this.address(key), who, LEASE_MS);
    if (this.holders.has(key)) {
      assert.deepEqual(taken, { state: 'taken' });
      return;
    }
    if (taken.state !== 'held') throw new Error(`${taken.state} though nobody holds it`);
    assert(taken.fence > (this.fences.get(key) ?? 0), 'the fence did not grow');
    this.fences.set(key, taken.fence);
    this.holders.set(key, who);
  }

  private async keepOrRelease(kind: 'extend' | 'release', key: string, who: string): Promise<void> {
    const isHolder = this.holders.get(key) === who;
    const outcome =
      kind === 'extend'
        ? await this.store.extend(this.address(key), who, LEASE_MS)
        : await this.store.release(this.address(key), who);
    const done = kind === 'extend' ? 'extended' : 'released';
    assert.equal(outcome, isHolder ? done : 'lost');
    if (isHolder && kind === 'release') this.holders.delete(key);
  }

  private expectation(key: string, wanted: Expected): ExpectedVersion | undefined {
    if (wanted === 'anything') return undefined;
    return wanted === 'absent' ? wanted : this.versionOfAge(key, wanted);
  }

  /** A version that the key never had, when it has not had that many. */
  private versionOfAge(key: string, steps: number): SharedVersion {
    return this.versions.get(key)?.[steps] ?? (newId() as SharedVersion);
  }

  private address(key: string): { readonly region: string; readonly key: string } {
    return { region: REGION, key: `${this.run}:${key}` };
  }
}

function stale(version: SharedVersion | undefined): object {
  return version === undefined ? { outcome: 'stale' } : { outcome: 'stale', version };
}
