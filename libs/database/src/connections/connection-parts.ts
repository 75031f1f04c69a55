import type { DataSourceOptions } from 'typeorm';
import { Turns } from './turns.js';

/**
 * What a statement is for. `work` is what shoppers, staff and jobs do; `upkeep` is what keeps jobs going
 * (hand over, start, renew, end); with a `heartbeat` a replica says that it is alive.
 */
export type ConnectionPart = 'work' | 'upkeep' | 'heartbeat';

export type WriteTurns = Readonly<Record<ConnectionPart, Turns>>;
export type ReadTurns = Readonly<Record<'work' | 'upkeep', Turns>>;

/** A follow under way, and one that a request with a newer position asks for. */
const FOLLOWING_CONNECTIONS = 2;
/** Each for a few statements by key. */
const UPKEEP_CONNECTIONS = 2;
const HEARTBEAT_CONNECTIONS = 1;
const APART_FROM_WORK = UPKEEP_CONNECTIONS + HEARTBEAT_CONNECTIONS;
const MAX_WAITING = 2_000;

/** Connections of SQL Server to write: `poolMax` for work, two for upkeep, one for the heartbeat. */
export function writeConnections(poolMax: number): number {
  return poolMax + APART_FROM_WORK;
}

/**
 * Turns to write with a data source. SQLite has one writer, and one line for it; the parts of SQL Server's
 * connections never wait for each other.
 */
export function writeTurns(options: DataSourceOptions): WriteTurns {
  if (options.type !== 'mssql') {
    const only = new Turns({ places: 1, what: 'the one writer' });
    return { work: only, upkeep: only, heartbeat: only };
  }
  const part = (places: number) =>
    new Turns({ places, maxWaiting: MAX_WAITING, what: 'a connection to write' });
  return {
    work: part(Math.max(1, (options.pool?.max ?? 0) - APART_FROM_WORK)),
    upkeep: part(UPKEEP_CONNECTIONS),
    heartbeat: part(HEARTBEAT_CONNECTIONS),
  };
}

/**
 * Turns to read on SQL Server: `poolMax` connections for loads, two for upkeep. One statement has at most half
 * of those for loads: when its table is locked, statements of other tables go on.
 */
export function readTurns(poolMax: number): ReadTurns {
  const shared = { maxWaiting: MAX_WAITING, what: 'a connection to read' };
  const placesPerKind = Math.max(1, Math.floor(poolMax / 2));
  return {
    work: new Turns({ ...shared, places: poolMax, placesPerKind }),
    upkeep: new Turns({ ...shared, places: UPKEEP_CONNECTIONS }),
  };
}

/** Turns to read the invalidation log on SQL Server. */
export function followingTurns(): ReadTurns {
  const only = new Turns({
    places: FOLLOWING_CONNECTIONS,
    maxWaiting: MAX_WAITING,
    what: 'a connection to follow',
  });
  return { work: only, upkeep: only };
}

/** Places of all parts together: so many connections the pool behind them has. */
export function placesOf(turns: ReadTurns): number {
  return [...new Set(Object.values(turns))].reduce((sum, { places }) => sum + places, 0);
}

/** Statements that differ in how many values they name are one kind. */
export function statementKind(text: string): string {
  return text.replaceAll(/@\d+(?:\s*,\s*@\d+)*/g, '@');
}
