import type { Agenda, Lane } from '../engine/agenda.js';
import type { Random } from '../engine/random.js';

export type SqlTrouble = 'away' | 'hanging' | 'slow';

/** How one replica can reach its database at the moment. */
export class SqlWeather {
  trouble: SqlTrouble | undefined;
  private lastTroubleMs = -Infinity;
  private troubles = 0;

  constructor(private readonly agenda: Agenda) {}

  /** When the last trouble ended; now while there is some. */
  get lastTroubleAtMs(): number {
    return this.trouble === undefined ? this.lastTroubleMs : this.agenda.nowMs;
  }

  /** Returns the function that ends it, unless other trouble has come meanwhile. */
  begin(trouble: SqlTrouble): () => void {
    this.troubles += 1;
    const mine = this.troubles;
    this.trouble = trouble;
    return () => {
      if (this.troubles !== mine) return;
      this.noteTrouble();
      this.trouble = undefined;
    };
  }

  /** Something is not answered in good time. */
  noteTrouble(forMs = 0): void {
    this.lastTroubleMs = Math.max(this.lastTroubleMs, this.agenda.nowMs + forMs);
  }
}

/** Slower than that counts as trouble: a follow consists of several queries. */
const GOOD_TIME_MS = 100;

/** A statement asks for nothing while it waits: what it sees is the committed state of one instant. */
export class SqlAccess {
  /** Queries under way when this changes fail: the server was restarted. */
  private incarnation = 0;

  constructor(
    private readonly agenda: Agenda,
    private readonly random: Random,
    private readonly lane: Lane,
    readonly weather: SqlWeather,
    /** Share of queries that take long although nothing is wrong. */
    private slowShare: number,
  ) {}

  calmDown(): void {
    this.slowShare = 0;
  }

  restarted(): void {
    this.incarnation += 1;
  }

  /** A query that no reader waits for says nothing about what readers had to put up with. */
  query<T>(label: string, read: () => T, isWaitedFor = true): Promise<T> {
    const { incarnation } = this;
    const noteTrouble = (forMs?: number): void => {
      if (isWaitedFor) this.weather.noteTrouble(forMs);
    };
    const slowdown = this.weather.trouble === 'slow' ? 100 : 1;
    const wayMs = this.latency() * slowdown;
    return new Promise((resolve, reject) => {
      const answer = (ms: number, outcome: string, settle: () => void): void => {
        if (ms > GOOD_TIME_MS) noteTrouble(ms);
        this.agenda.after(ms, {
          kind: 'io',
          lane: this.lane,
          label: `${outcome} ${label}`,
          run: settle,
        });
      };
      const fail = (ms: number): void => {
        noteTrouble();
        answer(ms, 'failed', () => {
          noteTrouble();
          reject(new Error(`the database is away: ${label}`));
        });
      };
      if (wayMs > GOOD_TIME_MS) noteTrouble(wayMs);
      this.agenda.after(wayMs, {
        kind: 'io',
        sql: 'read',
        label: `${this.lane.name} sees ${label}`,
        run: () => {
          if (this.weather.trouble === 'away' || this.incarnation !== incarnation) {
            fail(this.random.between(1, 20));
            return;
          }
          const seen = read();
          if (this.weather.trouble !== 'hanging') {
            answer(this.latency() * slowdown, 'has', () => resolve(seen));
          } else if (this.random.chance(0.5)) {
            // Comes very late, and is still what was true then.
            answer(this.random.between(1_000, 6_000), 'has at last', () => resolve(seen));
          } else fail(this.random.between(1_000, 6_000));
        },
      });
    });
  }

  private latency(): number {
    if (this.random.chance(this.slowShare)) return this.random.skewed(50, 4_000);
    return this.random.between(1, 12);
  }
}
