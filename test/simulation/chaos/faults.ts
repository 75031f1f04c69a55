import type { Fleet, Place } from '../world/fleet.js';
import type { SqlTrouble } from '../world/sql-access.js';
import { UNKNOWN_MESSAGE } from '../world/seals.js';
import { FAULTS, type Fault } from './profile.js';
import { strangeMessages } from './strange-messages.js';

/** Injects the faults of the profile, each for a while, and takes them all back at the end. */
export class Faults {
  private readonly repairs = new Set<() => void>();
  private isOver = false;

  constructor(private readonly fleet: Fleet) {}

  start(): void {
    for (const fault of FAULTS) {
      const everyMs = this.fleet.profile.faults.get(fault);
      if (everyMs !== undefined) this.next(fault, everyMs);
    }
  }

  end(): void {
    this.isOver = true;
    for (const repair of [...this.repairs]) repair();
    this.fleet.redis.calmDown();
    this.fleet.copy?.resume();
    for (const { access } of this.fleet.places) access.calmDown();
  }

  private next(fault: Fault, everyMs: number): void {
    const { agenda, random } = this.fleet;
    agenda.after(random.between(everyMs / 4, everyMs * 2), {
      kind: 'io',
      label: `FAULT ${fault}`,
      sql: 'write',
      run: () => {
        if (this.isOver) return;
        this.inject(fault);
        this.next(fault, everyMs);
      },
    });
  }

  private inject(fault: Fault): void {
    const { agenda, random, sql, redis, copy, settings, places } = this.fleet;
    const place = random.pick(places);
    switch (fault) {
      case 'sql away':
        return this.trouble(places, 'away');
      case 'sql hanging':
        return this.trouble(places, 'hanging');
      case 'sql slow':
        return this.trouble(places, 'slow');
      case 'replica cut off sql':
        return this.trouble([place], random.pick(['away', 'hanging']));
      case 'redis restart':
        redis.goDown();
        return this.repairLater(random.skewed(100, 6_000), () => redis.comeBack());
      case 'subscriber killed':
        return place.subscriber.drop();
      case 'silent partition': {
        const { subscriber } = place;
        subscriber.isSilent = true;
        return this.repairLater(random.skewed(200, 9_000), () => {
          subscriber.isSilent = false;
        });
      }
      case 'publisher cut': {
        const { publisher } = place;
        publisher.isCut = true;
        return this.repairLater(random.skewed(100, 5_000), () => {
          publisher.isCut = false;
        });
      }
      case 'unknown version':
        return redis.inject(UNKNOWN_MESSAGE);
      case 'stranger':
        return strangeMessages(random, sql.state.last, agenda.nowMs).forEach((text) => {
          redis.inject(text);
        });
      case 'stall': {
        const { lane } = place.replica.surroundings;
        // A second stall does not end the first: what waits for its end would come late and alone.
        const untilMs = agenda.nowMs + random.skewed(20, 5_000);
        lane.stalledUntilMs = Math.max(lane.stalledUntilMs, untilMs);
        return agenda.note(`${place.name} stalls until ${lane.stalledUntilMs}`);
      }
      case 'restart':
        return this.fleet.restart(place);
      case 'prune': {
        const to = sql.state.prunableTo(agenda.nowMs - settings.settleMs);
        sql.state.prune(to);
        return copy?.prune(to);
      }
      case 'restore':
        return this.restore();
      case 'loader broken':
        place.isLoaderBroken = true;
        return this.repairLater(random.skewed(50, 3_000), () => {
          place.isLoaderBroken = false;
        });
      case 'replication paused':
        return copy?.pause(random.skewed(100, 12_000));
    }
  }

  private trouble(places: readonly Place[], trouble: SqlTrouble, forMs?: number): void {
    this.fleet.agenda.note(`${trouble} for ${places.map(({ name }) => name).join(' ')}`);
    const ends = places.map(({ weather }) => weather.begin(trouble));
    this.repairLater(forMs ?? this.fleet.random.skewed(50, 8_000), () => {
      for (const end of ends) end();
    });
  }

  /** The database is taken away and comes back as it was at the last backup, with everything voided. */
  private restore(): void {
    const { agenda, sql, places, random } = this.fleet;
    this.trouble(places, 'away', random.skewed(100, 8_000));
    for (const { access } of places) access.restarted();
    if (!sql.restore(Math.round(agenda.nowMs))) return;
    for (const { view } of places) view.isConfused = true;
    this.onRestored();
  }

  /** Set by the workload: clients forget their positions. */
  onRestored: () => void = () => undefined;

  private repairLater(ms: number, repair: () => void): void {
    const once = (): void => {
      if (this.repairs.delete(once)) repair();
    };
    this.repairs.add(once);
    this.fleet.agenda.after(ms, { kind: 'io', label: 'REPAIR', sql: 'write', run: once });
  }
}
