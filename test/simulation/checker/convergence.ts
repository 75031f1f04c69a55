import type { TimedAgenda } from '../engine/timed-agenda.js';
import type { Fleet, Place } from '../world/fleet.js';
import { ROWS } from '../world/settings.js';
import { FLEET_READER_NAMES } from '../world/simulated-readers.js';
import type { Checker } from './checker.js';

/** What was committed has reached the copy. */
const REPLICATION_MS = 5_000;
/** Old queries have answered, old timers have fired, holes are given up. */
const CALM_MS = 6_000;

/**
 * When the faults have ended: without anybody reading, every replica follows the log by itself, so
 * everything it holds equals the database; it hears the others again; and nothing is left over.
 */
export class Convergence {
  constructor(
    private readonly agenda: TimedAgenda,
    private readonly fleet: Fleet,
    private readonly checker: Checker,
    /** What a replica loads for somebody who still waits is not left over. */
    private readonly isServing: (place: Place) => boolean,
  ) {}

  async verify(): Promise<void> {
    const { agenda, fleet } = this;
    const { settings } = fleet;
    const stalls = fleet.places.map(({ replica }) => replica.surroundings.lane.stalledUntilMs);
    await agenda.runUntil(Math.max(agenda.nowMs, ...stalls));
    // Transactions that are under way end, and reach the copy; then every replica follows once.
    await agenda.runUntil(
      agenda.nowMs + settings.maxTransactionMs + (fleet.copy === undefined ? 0 : REPLICATION_MS),
    );
    await agenda.runUntil(agenda.nowMs + settings.followIntervalMs + settings.followTimeoutMs);
    for (const place of fleet.places) this.checkEntries(place);
    await agenda.runUntil(agenda.nowMs + CALM_MS);
    for (const place of fleet.places) this.checkLeftovers(place);
  }

  private checkEntries(place: Place): void {
    const { history } = place.view.state;
    for (const name of FLEET_READER_NAMES) {
      for (const row of ROWS) {
        const held = place.replica.readers[name].inspect(row);
        if (held === undefined) continue;
        const what = `${place.name} still holds ${name}:${row}`;
        if (held.value === undefined) {
          if (history.current(row).revision === undefined) continue;
          this.checker.report('convergence', `${what} as missing`);
        }
        for (const part of held.value?.parts ?? []) {
          const change = history.firstChangeAfter(part.row, part.step);
          if (change === undefined) continue;
          const age = `replaced at step ${change.step}`;
          this.checker.report('convergence', `${what} with ${part.row}@${part.revision}, ${age}`);
        }
      }
    }
  }

  private checkLeftovers(place: Place): void {
    const { name, replica, isOnCopy } = place;
    const report = (what: string): void => this.checker.report('C7 no garbage', `${name}: ${what}`);
    if (replica.backplane.state !== 'connected') {
      const state = `${name} is ${replica.backplane.state} although Redis is there`;
      this.checker.report('C6 silence is noticed', state);
    }
    if (!replica.follower.healthy) report('believes that the log is away');
    if (replica.follower.lag > 0 && !isOnCopy)
      report(`holes never given up: ${replica.follower.lag}`);
    if (this.isServing(place)) return;
    if (replica.coherence.journal.size > 0) report('the journal keeps records without a load');
    for (const readerName of FLEET_READER_NAMES) {
      const reader = replica.readers[readerName];
      if (reader.loadsUnderWay > 0) report(`${reader.name} keeps loads that ended`);
      reader.clear();
      if (reader.size > 0 || reader.bytes !== 0) report(`${reader.name} keeps entries`);
    }
    // What production readers hold besides.
    replica.cache.clearLocal();
    if (replica.coherence.tags.size > 0) report('the tag index keeps tags of nothing');
  }
}
