import { beforeEach, describe, expect, it } from '@jest/globals';
import { gate, settled, type Gate } from '#libs/testing';
import { MAX_LOADS, ReaderWorld } from '../../../cache/test/reader-world.js';
import type { SampledEntry } from '../../../cache/src/core/entries/sampled-entry.js';
import type { VerificationResult } from './entry-verifier.js';
import { SamplingVerifier } from './sampling-verifier.js';

describe('the sampling verifier', () => {
  let world: ReaderWorld;
  let began: number[];
  let counted: VerificationResult[];
  let under: Gate<VerificationResult>[];

  beforeEach(() => {
    world = new ReaderWorld();
    began = [];
    counted = [];
    under = [];
  });

  /** A verifier whose verifications end when the test says so; times count from now. */
  function started(perSecond: number): SamplingVerifier {
    const startMs = world.clock.monotonicMs();
    const verifier = new SamplingVerifier({
      cache: {
        sampleEntry: () => ({ drop: () => undefined }) as SampledEntry,
        tryEnterLoads: () => world.environment.slots.tryEnter(),
      },
      verifier: {
        verify: () => {
          began.push(world.clock.monotonicMs() - startMs);
          const pending = gate<VerificationResult>();
          under.push(pending);
          return pending.opened;
        },
      },
      timing: { clock: world.turnClock, scheduler: world.scheduler },
      random: () => world.random,
      perSecond,
      onVerified: (_entry, result) => counted.push(result),
    });
    verifier.start();
    return verifier;
  }

  const finish = async (result: VerificationResult = 'same'): Promise<void> => {
    under.at(-1)?.open(result);
    await settled();
  };

  it('compares as many per second as it is told, not in step with other replicas', async () => {
    started(2);
    await world.scheduler.advance(500);
    expect(began).toEqual([500]);
    world.random = 0;
    await finish();
    await world.scheduler.advance(250);
    expect(began).toEqual([500, 750]);
    expect(counted).toEqual(['same']);
  });

  it('never runs two at once, and pauses fifty times as long as one took', async () => {
    started(100);
    await world.scheduler.advance(10);
    expect(began).toEqual([10]);
    await world.scheduler.advance(100);
    expect(began).toEqual([10]);
    await finish('different');
    await world.scheduler.advance(4_999);
    expect(began).toHaveLength(1);
    await world.scheduler.advance(1);
    expect(began).toEqual([10, 5_110]);
    expect(counted).toEqual(['different']);
  });

  it('takes a place among the loads, and none that somebody could need', async () => {
    const { slots } = world.environment;
    const places = Array.from({ length: MAX_LOADS }, () => slots.tryEnter());
    expect(slots.tryEnter()).toBeUndefined();
    started(1);
    await world.scheduler.advance(2_000);
    expect(began).toEqual([]);
    places[0]?.();
    await world.scheduler.advance(1_000);
    expect(began).toHaveLength(1);
    expect(slots.hasRoom).toBe(false);
    await finish();
    expect(slots.running).toBe(MAX_LOADS - 1);
  });

  it('does nothing when it is off, and counts nothing once it is stopped', async () => {
    started(0);
    await world.scheduler.advance(10_000);
    expect(began).toEqual([]);
    const verifier = started(1);
    await world.scheduler.advance(1_000);
    verifier.stop();
    await finish('failed');
    await world.scheduler.advance(100_000);
    expect(began).toHaveLength(1);
    expect(counted).toEqual([]);
    expect(world.environment.slots.running).toBe(0);
  });

  it('drops what differs from the database, with what depends on the same', async () => {
    const { reader } = world.reader({ keyOf: (text) => text, tags: (key) => [`t:${key}`] });
    const { reader: other } = world.reader({ name: 'other', tags: () => ['t:a'] });
    await Promise.all([reader.get('a'), other.get('x')]);
    let result: VerificationResult = 'overtaken';
    const verifier = new SamplingVerifier({
      cache: {
        sampleEntry: () => reader.upkeep.sample(),
        tryEnterLoads: () => world.environment.slots.tryEnter(),
      },
      verifier: { verify: () => Promise.resolve(result) },
      timing: { clock: world.turnClock, scheduler: world.scheduler },
      random: () => world.random,
      perSecond: 0,
      onVerified: (_entry, outcome) => counted.push(outcome),
    });
    await verifier.verifyOne();
    expect([reader.size, other.size]).toEqual([1, 1]);
    result = 'different';
    await verifier.verifyOne();
    expect([reader.size, other.size]).toEqual([0, 0]);
    expect(counted).toEqual(['overtaken', 'different']);
  });
});
