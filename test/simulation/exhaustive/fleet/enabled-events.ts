import type { Scenario } from '../scenarios/scenario.js';
import type { FleetEvent, ReplicaIndex } from './fleet-event.js';
import { sightingAt, type FleetState } from './fleet-state.js';
import type { SqlContents } from './sql-content.js';

/**
 * Everything that can happen next, in an order that depends on the state alone, so that a place in the
 * list names the event when a path is replayed. Empty when the interleaving is complete.
 */
export function enabledEvents(
  scenario: Scenario,
  sql: SqlContents,
  state: FleetState,
): readonly FleetEvent[] {
  const events: FleetEvent[] = [];
  for (const client of scenario.clients.keys()) {
    if (canAsk(scenario, state, client)) events.push({ kind: 'ask', client });
  }
  addRequests(events, state, 0);
  addRequests(events, state, 1);
  addWrites(events, scenario, sql, state);
  for (const message of state.messages.keys()) {
    events.push({ kind: 'deliver', message });
    if (state.stock.losses > 0) events.push({ kind: 'lose', message });
    if (state.stock.duplicates > 0) events.push({ kind: 'duplicate', message });
  }
  if (state.stock.leases > 0) events.push({ kind: 'wait' });
  return events;
}

/** A token is there when the process that wrote has answered. */
function canAsk(scenario: Scenario, { stock, sql }: FleetState, client: number): boolean {
  const ask = scenario.clients[client]?.asks[stock.asked[client] ?? 0];
  if (ask === undefined) return false;
  if (ask.after === undefined) return true;
  return sql.phases[scenario.writes.findIndex(({ name }) => name === ask.after)] === 'known';
}

function addRequests(events: FleetEvent[], state: FleetState, at: ReplicaIndex): void {
  for (const { slot, request } of state.processes[at].open) {
    if (request.kind === 'publish') events.push({ kind: 'publish', at, slot });
    else if (sightingAt(state, at, slot) === undefined) events.push({ kind: 'read', at, slot });
    else {
      events.push({ kind: 'answer', at, slot });
      if (request.kind === 'log' && state.stock.failedFollows > 0) {
        events.push({ kind: 'fail', at, slot });
      }
    }
  }
  if (state.stock.follows[at] > 0) events.push({ kind: 'follow', at });
}

function addWrites(
  events: FleetEvent[],
  scenario: Scenario,
  sql: SqlContents,
  state: FleetState,
): void {
  for (const [write, { ends, learns }] of scenario.writes.entries()) {
    const phase = state.sql.phases[write];
    if (phase === 'waiting' && sql.canBegin(state.sql, write))
      events.push({ kind: 'begin', write });
    if (phase === 'open' && ends !== 'rolls back') events.push({ kind: 'commit', write });
    if (phase === 'open' && ends !== 'commits') events.push({ kind: 'roll back', write });
    if (phase === 'committed') {
      events.push({ kind: 'learn', write });
      if (learns === 'maybe') events.push({ kind: 'never learn', write });
    }
  }
}
