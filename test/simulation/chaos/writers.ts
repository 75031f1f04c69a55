import { refreshTag } from '../../../libs/cache/src/core/following/coherence.js';
import type { OwnWrite } from '../checker/checker.js';
import type { Fleet, Place } from '../world/fleet.js';
import type { RowChange } from '../world/committed-state.js';
import type { OpenTransaction } from '../world/sql-server.js';
import { ROWS, tagOf, type RowName } from '../world/settings.js';
import { FLEET_READER_NAMES } from '../world/simulated-readers.js';

/** Somebody who writes and reads, on whatever replica the load balancer chooses. */
export interface Client {
  /** The last position he was given. */
  token: number | undefined;
  writes: OwnWrite[];
}

/** What a transaction is about. */
interface Work {
  readonly client: Client;
  readonly place: Place;
  readonly rows: readonly RowName[];
  readonly tags: readonly string[];
}

const DELETE_SHARE = 0.1;

/** Units of work: a position is taken early, the commit comes later, in any order, or never. */
export class Writers {
  constructor(
    private readonly fleet: Fleet,
    private readonly onCommitting: (rows: readonly RowName[], inMs: number) => void,
  ) {}

  write(client: Client): void {
    const { random, places } = this.fleet;
    const place = random.pick(places);
    const drawn = random.chance(0.3) ? [random.pick(ROWS), random.pick(ROWS)] : [random.pick(ROWS)];
    const rows = [...new Set(drawn)];
    this.start({ client, place, rows, tags: rows.map(tagOf) });
  }

  /** Changes nothing; the order is in the log like an invalidation. */
  orderRefresh(): void {
    const { random, places } = this.fleet;
    const names = random.chance(0.5) ? FLEET_READER_NAMES : [random.pick(FLEET_READER_NAMES)];
    const nobody = { token: undefined, writes: [] };
    const place = random.pick(places);
    this.start({ client: nobody, place, rows: [], tags: names.map(refreshTag) });
  }

  private start(work: Work): void {
    this.fleet.agenda.after(0, {
      kind: 'io',
      lane: work.place.replica.surroundings.lane,
      sql: 'write',
      label: `begins a transaction on ${work.tags.join(' ')}`,
      run: () => this.begin(work),
    });
  }

  private begin(work: Work): void {
    const { place, rows } = work;
    const { agenda, random, profile, sql, settings } = this.fleet;
    if (place.weather.trouble === 'away') return;
    const transaction = sql.begin(rows);
    if (transaction === undefined) return;
    const { lane } = place.replica.surroundings;
    const lastsMs = random.chance(profile.longTransactionRate)
      ? random.between(20, settings.maxTransactionMs - 1)
      : random.between(1, 20);
    const isRolledBack = random.chance(profile.rollbackRate);
    this.onCommitting(rows, lastsMs);
    agenda.note(`${lane.name} takes position ${transaction.position}`);
    agenda.after(lastsMs, {
      kind: 'io',
      sql: 'write',
      label: `${lane.name} ${isRolledBack ? 'rolls back' : 'commits'} ${transaction.position}`,
      run: () => {
        if (isRolledBack || place.weather.trouble === 'away') sql.rollBack(transaction);
        else this.commit(work, transaction);
      },
    });
  }

  private commit({ client, place, tags }: Work, transaction: OpenTransaction): void {
    const { agenda, random, profile, sql, settings } = this.fleet;
    const { position, rows } = transaction;
    const changes: RowChange[] = rows.map((row) => ({
      row,
      revision: random.chance(DELETE_SHARE) ? undefined : sql.nextRevision(),
    }));
    const skewMs = random.between(-settings.clockSkewMs, settings.clockSkewMs);
    const { replica } = place;
    const log = { position, tags, committedAt: Math.round(agenda.nowMs) + skewMs };
    const isCommitted = sql.commit(transaction, { changes, log });
    // A process that dies here, or never hears of its commit, leaves the rest to the log.
    if (!isCommitted || random.chance(profile.lostCommitRate)) return;
    agenda.after(random.between(1, 8), {
      kind: 'io',
      lane: replica.surroundings.lane,
      label: `learns of its commit ${position}`,
      run: () => {
        if (sql.state.rowAt(position) !== log && sql.state.prunedTo < position) return;
        this.fleet.committed(place, log);
        client.token = Math.max(client.token ?? 0, position);
        client.writes.push({ position, rows });
      },
    });
  }
}
