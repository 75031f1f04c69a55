import type { Sight } from '../process/open-requests.js';
import type { ProcessState } from '../process/process-behaviour.js';
import type { ReplicaIndex } from './fleet-event.js';
import type { InFlight } from './in-flight.js';
import type { Interned } from './interning.js';
import type { SqlContent } from './sql-content.js';
import type { Stock } from './stock.js';

export type PerReplica<Value> = readonly [Value, Value];

/** What the database saw for a process that has not heard of it yet. */
export interface Sighting {
  readonly slot: number;
  readonly sight: Interned<Sight>;
}

export interface FleetState {
  readonly processes: PerReplica<ProcessState>;
  /** By slot. */
  readonly sightings: PerReplica<readonly Sighting[]>;
  readonly sql: Interned<SqlContent>;
  readonly messages: readonly InFlight[];
  readonly stock: Interned<Stock>;
}

/** Ends a list in a key; as large as a character can be. */
const END = 0xffff;

/**
 * Equal for two states only when the same can happen from then on. The state of a process is a
 * function of its own inputs (`ProcessBehaviour`), and all else that can make a difference is compared by
 * its content. So prefixes of interleavings that lead to the same key are continued once.
 * (After Lamport, "Time, Clocks, and the Ordering of Events in a Distributed System", 1978: events of
 * different processes that nothing connects have no order, and orders that nobody can tell apart
 * give the same key here.)
 */
export function keyOf({ processes, sightings, sql, messages, stock }: FleetState): string {
  // One character per number: the keys are most of what an exploration keeps and compares.
  const numbers = [processes[0].id, processes[1].id, sql.id, stock.id];
  for (const { slot, sight } of sightings[0]) numbers.push(slot, sight.id);
  numbers.push(END);
  for (const { slot, sight } of sightings[1]) numbers.push(slot, sight.id);
  numbers.push(END);
  for (const { message, copies } of messages) numbers.push(message.id, copies);
  for (const number of numbers) if (number > END) throw new RangeError('too many states for a key');
  return String.fromCharCode(...numbers);
}

export function sightingAt(
  { sightings }: FleetState,
  at: ReplicaIndex,
  slot: number,
): Sighting | undefined {
  return sightings[at].find((sighting) => sighting.slot === slot);
}

/** A copy in which the place of one replica holds something else. */
export function replaced<Value>(
  values: PerReplica<Value>,
  at: ReplicaIndex,
  value: Value,
): PerReplica<Value> {
  return at === 0 ? [value, values[1]] : [values[0], value];
}

/** Written out: a spread costs several times as much, and this is done for every transition. */
export function changed(
  state: FleetState,
  change: Partial<FleetState>,
  processes: PerReplica<ProcessState>,
): FleetState {
  return {
    processes,
    sightings: change.sightings ?? state.sightings,
    sql: change.sql ?? state.sql,
    messages: change.messages ?? state.messages,
    stock: change.stock ?? state.stock,
  };
}
