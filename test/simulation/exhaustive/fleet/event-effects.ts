import { tagOf } from '../../world/settings.js';
import type { ProcessInput } from '../process/process-input.js';
import type { Request } from '../process/open-requests.js';
import { REPLICAS, type ReplicaName, type Scenario } from '../scenarios/scenario.js';
import type { FleetEvent, ReplicaIndex } from './fleet-event.js';
import { replaced, sightingAt, type FleetState } from './fleet-state.js';
import { withOne, withoutOne, type Message } from './in-flight.js';
import { Interning, type Interned } from './interning.js';
import type { SqlContents } from './sql-content.js';
import { EARLY_MESSAGE, UNKNOWN_MESSAGE } from '../../world/seals.js';
import { initialStock, type Stock } from './stock.js';

/** What one event does outside of the processes, and what it tells them. */
export interface Effect {
  readonly change: Partial<FleetState>;
  readonly inputs: readonly Addressed[];
}

interface Addressed {
  readonly at: ReplicaIndex;
  /** Names the input among all of the scenario. */
  readonly key: string;
  readonly input: ProcessInput;
}

/** The database, Redis and the clients of a scenario: how they change when an event happens. */
export class EventEffects {
  private readonly messages = new Interning<Message>();
  private readonly stocks = new Interning<Stock>();

  constructor(
    private readonly scenario: Scenario,
    private readonly sql: SqlContents,
    private readonly leaseMs: number,
  ) {}

  initial(): Omit<FleetState, 'processes'> {
    const { stranger } = this.scenario;
    const text = stranger === 'restored copy' ? EARLY_MESSAGE : UNKNOWN_MESSAGE;
    const message = this.messages.of({ to: 'B', text });
    return {
      sightings: [[], []],
      sql: this.sql.initial,
      messages: stranger === undefined ? [] : [{ message, copies: 1 }],
      stock: this.stocks.of(initialStock(this.scenario)),
    };
  }

  of(state: FleetState, event: FleetEvent): Effect {
    const { sql } = this;
    switch (event.kind) {
      case 'ask':
        return this.ask(state, event.client);
      case 'begin':
        return quiet({ sql: sql.begin(state.sql, event.write) });
      case 'commit':
        return quiet({ sql: sql.commit(state.sql, event.write, this.nowMs(state)) });
      case 'roll back':
        return quiet({ sql: sql.end(state.sql, event.write, 'rolled back') });
      case 'never learn':
        return quiet({ sql: sql.end(state.sql, event.write, 'unknown') });
      case 'learn':
        return this.learn(state, event.write);
      case 'read':
        return quiet({ sightings: this.read(state, event.at, event.slot) });
      case 'answer':
        return this.answer(state, event.at, event.slot);
      case 'fail':
        return this.fail(state, event.at, event.slot);
      case 'publish':
        return this.publish(state, event.at, event.slot);
      case 'deliver':
        return this.deliver(state, event.message, {
          messages: withoutOne(state.messages, event.message),
        });
      case 'duplicate':
        return this.deliver(state, event.message, {
          stock: this.take(state, 'repeat', () => ({ duplicates: state.stock.duplicates - 1 })),
        });
      case 'lose':
        return quiet({
          messages: withoutOne(state.messages, event.message),
          stock: this.take(state, 'lose', () => ({ losses: state.stock.losses - 1 })),
        });
      case 'follow':
        return this.follow(state, event.at);
      case 'wait':
        return this.wait(state);
    }
  }

  private nowMs({ stock }: FleetState): number {
    return ((this.scenario.leases ?? 0) - stock.leases) * this.leaseMs;
  }

  private ask(state: FleetState, client: number): Effect {
    const place = state.stock.asked[client] ?? 0;
    const { at, asks } = present(this.scenario.clients[client]);
    const ask = present(asks[place]);
    const token = ask.after === undefined ? undefined : this.sql.token(state.sql, ask.after);
    return {
      change: {
        stock: this.take(state, `ask ${client}`, () => ({
          asked: state.stock.asked.with(client, place + 1),
        })),
      },
      inputs: [
        {
          at: indexOf(at),
          key: `q${client}.${place} ${JSON.stringify(token)}`,
          input: { kind: 'ask', ask, token },
        },
      ],
    };
  }

  private learn(state: FleetState, write: number): Effect {
    const { at, rows } = present(this.scenario.writes[write]);
    const position = present(state.sql.positions[write]);
    const input = { kind: 'learn', position, tags: rows.map(tagOf) } as const;
    return {
      change: { sql: this.sql.end(state.sql, write, 'known') },
      inputs: [{ at: indexOf(at), key: `l${write} ${position}`, input }],
    };
  }

  private read(state: FleetState, at: ReplicaIndex, slot: number): FleetState['sightings'] {
    const request = requestAt(state, at, slot);
    if (request.kind === 'publish') throw new Error('the database is not asked');
    const sightings = [...state.sightings[at], { slot, sight: this.sql.look(state.sql, request) }];
    sightings.sort((one, other) => one.slot - other.slot);
    return replaced(state.sightings, at, sightings);
  }

  private answer(state: FleetState, at: ReplicaIndex, slot: number): Effect {
    const { sight } = present(sightingAt(state, at, slot));
    return {
      change: { sightings: withoutSighting(state, at, slot) },
      inputs: [{ at, key: `a${slot} ${sight.id}`, input: { kind: 'answer', slot, sight } }],
    };
  }

  private fail(state: FleetState, at: ReplicaIndex, slot: number): Effect {
    return {
      change: {
        sightings: withoutSighting(state, at, slot),
        stock: this.take(state, 'fail', () => ({ failedFollows: state.stock.failedFollows - 1 })),
      },
      inputs: [{ at, key: `x${slot}`, input: { kind: 'fail', slot } }],
    };
  }

  private publish(state: FleetState, at: ReplicaIndex, slot: number): Effect {
    const request = requestAt(state, at, slot);
    if (request.kind !== 'publish') throw new Error('nothing to publish');
    let { messages } = state;
    for (const [index, to] of REPLICAS.entries()) {
      if (index === at && this.scenario.isEchoing !== true) continue;
      messages = withOne(messages, this.messages.of({ to, text: request.text }));
    }
    return {
      change: { messages },
      inputs: [{ at, key: `p${slot}`, input: { kind: 'published', slot } }],
    };
  }

  private deliver(state: FleetState, place: number, change: Partial<FleetState>): Effect {
    const { to, text, id } = present(state.messages[place]).message;
    return {
      change,
      inputs: [{ at: indexOf(to), key: `h${id}`, input: { kind: 'hear', text } }],
    };
  }

  private follow(state: FleetState, at: ReplicaIndex): Effect {
    const stock = this.take(state, `follow ${at}`, () => ({
      follows: replaced(state.stock.follows, at, state.stock.follows[at] - 1),
    }));
    return {
      change: { stock },
      inputs: [{ at, key: 'f', input: { kind: 'follow' } }],
    };
  }

  private wait(state: FleetState): Effect {
    const input = { kind: 'wait', ms: this.leaseMs } as const;
    return {
      change: { stock: this.take(state, 'wait', () => ({ leases: state.stock.leases - 1 })) },
      inputs: [
        { at: 0, key: 'w', input },
        { at: 1, key: 'w', input },
      ],
    };
  }

  /** `what` names the change. */
  private take({ stock }: FleetState, what: string, change: () => Partial<Stock>): Interned<Stock> {
    return this.stocks.after(stock, what, () => {
      const { id: _id, ...rest } = stock;
      return { ...rest, ...change() };
    });
  }
}

const quiet = (change: Partial<FleetState>): Effect => ({ change, inputs: [] });

function indexOf(name: ReplicaName): ReplicaIndex {
  return name === 'A' ? 0 : 1;
}

function requestAt(state: FleetState, at: ReplicaIndex, slot: number): Request {
  return present(state.processes[at].open.find((open) => open.slot === slot)).request;
}

function withoutSighting(
  { sightings }: FleetState,
  at: ReplicaIndex,
  slot: number,
): FleetState['sightings'] {
  return replaced(
    sightings,
    at,
    sightings[at].filter((sighting) => sighting.slot !== slot),
  );
}

function present<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new RangeError('an event that is not possible in this state');
  return value;
}
