import type { Request, Sight } from '../process/open-requests.js';
import type { Ask, Scenario } from '../scenarios/scenario.js';
import type { FleetEvent } from './fleet-event.js';
import { sightingAt, type FleetState } from './fleet-state.js';

const NAMES = ['A', 'B'] as const;

/** One line of a trace: what the event is, in the state in which it happens. */
export function describeEvent(scenario: Scenario, state: FleetState, event: FleetEvent): string {
  switch (event.kind) {
    case 'ask': {
      const client = scenario.clients[event.client];
      const ask = client?.asks[state.stock.asked[event.client] ?? 0];
      return `somebody asks ${client?.at} for ${ask === undefined ? '?' : describeAsk(ask)}`;
    }
    case 'begin':
    case 'commit':
    case 'roll back':
    case 'learn':
    case 'never learn':
      return describeWrite(scenario, state, event);
    case 'read': {
      const open = state.processes[event.at].open.find(({ slot }) => slot === event.slot);
      return `the database looks at ${describeRequest(open?.request)} for ${NAMES[event.at]}`;
    }
    case 'answer': {
      const sight = sightingAt(state, event.at, event.slot)?.sight;
      return `${NAMES[event.at]} is told ${describeSight(sight)}`;
    }
    case 'fail':
      return `a follow of ${NAMES[event.at]} fails`;
    case 'publish': {
      const open = state.processes[event.at].open.find(({ slot }) => slot === event.slot);
      return `Redis takes from ${NAMES[event.at]} ${describeRequest(open?.request)}`;
    }
    case 'deliver':
    case 'lose':
    case 'duplicate': {
      const message = state.messages[event.message]?.message;
      const what = {
        deliver: 'hears',
        lose: 'never hears',
        duplicate: 'hears, not for the last time,',
      };
      return `${message?.to} ${what[event.kind]} ${message?.text}`;
    }
    case 'follow':
      return `${NAMES[event.at]} follows the log`;
    case 'wait':
      return 'the time of a lease passes';
  }
}

function describeAsk({ reader, rows, after }: Ask): string {
  return `${reader}:${rows.join('+')}${after === undefined ? '' : ` after ${after}`}`;
}

function describeWrite(
  { writes }: Scenario,
  { sql }: FleetState,
  { kind, write: index }: Extract<FleetEvent, { readonly write: number }>,
): string {
  const write = writes[index];
  const what = `${write?.name} (${write?.rows.join(' ')}, position ${sql.positions[index]})`;
  switch (kind) {
    case 'begin':
      return `${write?.name} begins on ${write?.at} and takes position ${sql.lastPosition + 1}`;
    case 'commit':
      return `${what} commits`;
    case 'roll back':
      return `${what} rolls back`;
    case 'learn':
      return `${write?.at} learns that ${what} has committed`;
    case 'never learn':
      return `${write?.at} never learns that ${what} has committed`;
  }
}

function describeRequest(request: Request | undefined): string {
  if (request?.kind === 'rows') return request.rows.join(' ');
  if (request?.kind === 'log') return `the log after ${request.after}`;
  return request?.text ?? '?';
}

function describeSight(sight: Sight | undefined): string {
  if (sight?.kind === 'rows') return `revisions ${sight.revisions.join(' ')}`;
  const records = sight?.excerpt.records.map(
    ({ position, tags }) => `${position} ${tags.join(' ')}`,
  );
  return `the log: ${records?.join(', ') || 'nothing new'}`;
}
