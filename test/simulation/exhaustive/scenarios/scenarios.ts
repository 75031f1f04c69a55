import type { ReaderName } from '../../world/simulated-readers.js';
import type { RowName } from '../../world/settings.js';
import type { Ask, Scenario, Write } from './scenario.js';

const ask = (reader: ReaderName, ...rows: readonly [RowName, ...RowName[]]): Ask => ({
  reader,
  rows,
});

const write = (name: string, at: Write['at'], ...rows: readonly RowName[]): Write => ({
  name,
  at,
  rows,
  ends: 'commits',
});

const known = ask('known', 'p0');
/** Of the rows p0 and p1, as long as p0 is what it was at first. */
const late = ask('late', 'p0');

/**
 * Small worlds that together have every kind of event, up to three writes, and values that depend on
 * one key or two in every way the cache knows.
 */
export const scenarios: readonly Scenario[] = [
  {
    name: 'one key, one write',
    clients: [
      { at: 'A', asks: [known, known] },
      { at: 'B', asks: [known, known] },
    ],
    writes: [write('w1', 'A', 'p0')],
    follows: { B: 1 },
    atLeast: 10_000_000_000n,
  },
  {
    name: 'lost messages and follows',
    isLong: true,
    clients: [{ at: 'B', asks: [known, known] }],
    writes: [{ ...write('w1', 'A', 'p0'), learns: 'maybe' }],
    follows: { A: 1, B: 2 },
    atLeast: 10_000_000_000n,
  },
  {
    name: 'two writes, one row',
    isLong: true,
    clients: [
      { at: 'A', asks: [known] },
      { at: 'B', asks: [known] },
    ],
    writes: [write('w1', 'A', 'p0'), write('w2', 'B', 'p0')],
    follows: { B: 1 },
    losses: 1,
    atLeast: 10_000_000_000n,
  },
  {
    name: 'two writes, out of order',
    isLong: true,
    clients: [{ at: 'B', asks: [late] }],
    writes: [write('w1', 'A', 'p0'), write('w2', 'B', 'p1')],
    follows: { B: 1 },
    losses: 0,
    atLeast: 500_000_000n,
  },
  {
    name: 'a slow transaction',
    isLong: true,
    clients: [{ at: 'B', asks: [known] }],
    writes: [write('w1', 'A', 'p0'), write('w2', 'A', 'p1')],
    follows: { B: 2 },
    losses: 1,
    atLeast: 10_000_000_000n,
  },
  {
    name: 'a writer rolls back',
    clients: [{ at: 'B', asks: [known] }],
    writes: [{ ...write('w1', 'A', 'p0'), ends: 'either' }, write('w2', 'B', 'p1')],
    follows: { B: 1 },
    losses: 1,
    atLeast: 100_000_000n,
  },
  {
    name: 'three writes, one never announced',
    clients: [{ at: 'B', asks: [known] }],
    writes: [
      write('w1', 'A', 'p0'),
      { ...write('w2', 'A', 'p1'), learns: 'never' },
      write('w3', 'A', 'p0'),
    ],
    follows: { B: 1 },
    losses: 1,
    atLeast: 5_000_000_000n,
  },
  {
    name: 'three writes, two replicas',
    isLong: true,
    clients: [
      { at: 'A', asks: [known] },
      { at: 'B', asks: [known] },
    ],
    writes: [write('w1', 'A', 'p0'), write('w2', 'B', 'p1'), write('w3', 'A', 'p0')],
    losses: 0,
    atLeast: 100_000_000_000n,
  },
  {
    name: 'two writes overtake two loads',
    clients: [{ at: 'B', asks: [known, known, known] }],
    writes: [write('w1', 'A', 'p0'), write('w2', 'A', 'p0')],
    losses: 0,
    atLeast: 5_000_000n,
  },
  {
    name: 'two keys, one late tag',
    clients: [{ at: 'B', asks: [late, ask('late', 'p1')] }],
    writes: [write('w1', 'A', 'p1')],
    atLeast: 500_000n,
  },
  {
    name: 'built from other values',
    clients: [{ at: 'B', asks: [ask('built', 'p0'), known] }],
    writes: [write('w1', 'A', 'p0')],
    follows: { B: 1 },
    atLeast: 10_000_000n,
  },
  {
    name: 'a batch of two keys',
    clients: [{ at: 'B', asks: [ask('batched', 'p0', 'p1'), ask('batched', 'p1')] }],
    writes: [write('w1', 'A', 'p1'), write('w2', 'B', 'p0')],
    losses: 0,
    atLeast: 1_000_000n,
  },
  {
    name: 'one write of two keys',
    clients: [{ at: 'B', asks: [ask('batched', 'p0', 'p1'), ask('batched', 'p1')] }],
    writes: [write('w1', 'A', 'p0', 'p1')],
    follows: { B: 1 },
    atLeast: 200_000n,
  },
  {
    name: 'read your writes',
    clients: [
      { at: 'B', asks: [known] },
      { at: 'B', asks: [{ ...known, after: 'w1' }] },
    ],
    writes: [write('w1', 'A', 'p0')],
    follows: { B: 1 },
    atLeast: 1_000_000n,
  },
  {
    name: 'read your writes over a hole',
    clients: [
      { at: 'B', asks: [ask('batched', 'p0', 'p1')] },
      { at: 'B', asks: [{ ...ask('batched', 'p0', 'p1'), after: 'w2' }] },
    ],
    writes: [write('w1', 'A', 'p1'), write('w2', 'A', 'p0')],
    losses: 0,
    atLeast: 10_000_000n,
  },
  {
    name: 'the lease runs out',
    clients: [{ at: 'B', asks: [known, known] }],
    writes: [write('w1', 'A', 'p0')],
    follows: { B: 1 },
    leases: 1,
    atLeast: 10_000_000n,
  },
  {
    name: 'the lease runs out, the log is away',
    clients: [{ at: 'B', asks: [known, known, ask('built', 'p0')] }],
    writes: [write('w1', 'A', 'p0')],
    leases: 1,
    failedFollows: 1,
    losses: 0,
    atLeast: 1_000_000n,
  },
  {
    name: 'built while the log is away',
    clients: [{ at: 'B', asks: [known, ask('built', 'p0'), ask('built', 'p0')] }],
    writes: [],
    follows: { B: 1 },
    leases: 1,
    failedFollows: 1,
    atLeast: 200_000n,
  },
  {
    name: 'a message of an unknown release',
    clients: [{ at: 'B', asks: [known, known] }],
    writes: [write('w1', 'A', 'p0')],
    stranger: 'another release',
    atLeast: 1_000_000n,
  },
  {
    name: 'a restored copy announces the position first',
    clients: [{ at: 'B', asks: [known, known] }],
    writes: [write('w1', 'A', 'p0')],
    follows: { B: 1 },
    stranger: 'restored copy',
    atLeast: 1_000_000n,
  },
  {
    name: 'echoes and repeats',
    clients: [{ at: 'B', asks: [known] }],
    writes: [write('w1', 'B', 'p0'), write('w2', 'A', 'p0')],
    losses: 0,
    duplicates: 1,
    isEchoing: true,
    atLeast: 10_000_000n,
  },
];

export function scenarioNamed(name: string): Scenario {
  const scenario = scenarios.find((each) => each.name === name);
  if (scenario === undefined) throw new RangeError(`no scenario "${name}"`);
  return scenario;
}
