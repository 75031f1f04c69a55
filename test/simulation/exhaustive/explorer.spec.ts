import { describe, expect, it } from '@jest/globals';
import { Random } from '../engine/random.js';
import { exploreScenario, prepareFleet } from './explore-scenario.js';
import { Explorer } from './explorer.js';
import type { ExploredFleet } from './fleet/explored-fleet.js';
import type { FleetState } from './fleet/fleet-state.js';
import { scenarioNamed } from './scenarios/scenarios.js';
import type { Scenario } from './scenarios/scenario.js';

const LIMIT_MS = 900_000;
const WALKS = 40;

const tiny: Scenario = {
  name: 'tiny',
  clients: [{ at: 'B', asks: [{ reader: 'known', rows: ['p0'] }] }],
  writes: [{ name: 'w1', at: 'A', rows: ['p0'], ends: 'either' }],
  follows: { B: 1 },
  atLeast: 1n,
};

/** Without remembering any state: every interleaving by itself. */
async function countOneByOne(fleet: ExploredFleet, state: FleetState): Promise<bigint> {
  const events = fleet.enabled(state);
  if (events.length === 0) return 1n;
  let sum = 0n;
  for (const event of events) {
    const { to } = await fleet.next(state, event);
    sum += await countOneByOne(fleet, to);
  }
  return sum;
}

describe('the explorer', () => {
  it(
    'counts what walking every interleaving by itself counts',
    async () => {
      const { interleavings, finding } = await exploreScenario(tiny);
      const fleet = await prepareFleet(tiny, { isMerging: false });
      expect(interleavings).toBe(await countOneByOne(fleet, fleet.initial));
      expect(interleavings).toBeGreaterThan(1_000n);
      expect(finding).toBeUndefined();
    },
    LIMIT_MS,
  );

  it.each(['one write of two keys', 'read your writes', 'a message of an unknown release'])(
    'counts the same when states of rest are not taken together: %s',
    async (name) => {
      const scenario = scenarioNamed(name);
      const merged = await exploreScenario(scenario);
      const plain = await exploreScenario(scenario, { isMerging: false });
      expect(plain.interleavings).toBe(merged.interleavings);
      expect(plain.longest).toBe(merged.longest);
      expect(plain.finding).toBeUndefined();
      expect(merged.states).toBeLessThan(plain.states);
    },
    LIMIT_MS,
  );

  it.each(['one key, one write', 'a writer rolls back', 'read your writes over a hole'])(
    'has learned what processes do that live through one interleaving alone: %s',
    async (name) => {
      const scenario = scenarioNamed(name);
      const learned = await prepareFleet(scenario);
      await new Explorer(learned).explore();
      const random = new Random(1);
      for (let walk = 0; walk < WALKS; walk += 1) {
        const alone = await prepareFleet(scenario, { isMerging: false });
        let [one, other] = [learned.initial, alone.initial];
        for (;;) {
          const events = alone.enabled(other);
          expect(learned.enabled(one)).toEqual(events);
          if (events.length === 0) break;
          const event = random.pick(events);
          const [known, lived] = [await learned.next(one, event), await alone.next(other, event)];
          expect(known.lines).toEqual(lived.lines);
          expect(known.violations).toEqual(lived.violations);
          [one, other] = [known.to, lived.to];
        }
        expect(await learned.end(one)).toEqual(await alone.end(other));
      }
    },
    LIMIT_MS,
  );
});
