import { ReadObserver, observeReads } from '../../../libs/cache/src/core/reading/read-observer.js';
import type { OwnWrite } from '../checker/checker.js';
import type { Fleet, Place } from '../world/fleet.js';
import { ROWS, type RowName } from '../world/settings.js';
import { FLEET_READER_NAMES, type Answer } from '../world/simulated-readers.js';
import { askPage } from '../world/simulated-page.js';
import { askSuggestions } from '../world/simulated-suggestions.js';
import { Writers, type Client } from './writers.js';

/** What is asked: readers, and what is made of several. */
const ASKED = [...FLEET_READER_NAMES, 'page', 'suggestions'] as const;
type Asked = (typeof ASKED)[number];
/** What they answer shows all of a change or nothing. */
const WHOLE: readonly Asked[] = ['listed', 'page', 'suggestions'];

const CLIENTS = 3;
const TOKEN_SHARE = 0.3;
const SILENCE_BOUND_MS = 5_000;

/** Readers and writers at random, with bursts of reads around every commit. */
export class Workload {
  private readonly clients: Client[] = [];
  private readonly writers: Writers;
  private isOver = false;

  constructor(private readonly fleet: Fleet) {
    for (let index = 0; index < CLIENTS; index += 1) {
      this.clients.push({ token: undefined, writes: [] });
    }
    this.writers = new Writers(fleet, (rows, inMs) => this.readAround(rows, inMs));
  }

  start(): void {
    const { profile, sql, random } = this.fleet;
    this.repeat('somebody reads', profile.readEveryMs, () => {
      this.burst(random.pick(ROWS), random.between(1, 3));
    });
    this.repeat('somebody writes', profile.writeEveryMs, () => {
      this.writers.write(random.pick(this.clients));
    });
    this.repeat('somebody orders a refresh', profile.orderEveryMs, () => {
      this.writers.orderRefresh();
    });
    this.repeat('a backup is taken', 3_000, () => sql.takeBackup());
  }

  end(): void {
    this.isOver = true;
  }

  forgetPositions(): void {
    for (const client of this.clients) {
      client.token = undefined;
      client.writes = [];
    }
  }

  private repeat(label: string, meanMs: number, run: () => void): void {
    const { agenda, random } = this.fleet;
    agenda.after(random.between(1, 2 * meanMs), {
      kind: 'timer',
      label,
      run: () => {
        if (this.isOver) return;
        run();
        this.repeat(label, meanMs, run);
      },
    });
  }

  private readAround(rows: readonly RowName[], inMs: number): void {
    const { agenda, random } = this.fleet;
    for (const row of rows) {
      for (const offsetMs of [-10, 5, 30]) {
        if (!random.chance(0.5)) continue;
        agenda.after(inMs + offsetMs, {
          kind: 'timer',
          label: 'reads around a commit',
          run: () => this.burst(row, random.between(1, 2)),
        });
      }
    }
  }

  private burst(row: RowName, count: number): void {
    const { agenda, random, places } = this.fleet;
    const place = random.pick(places);
    const reader = random.pick(ASKED);
    for (let index = 0; index < count; index += 1) {
      const client = random.chance(TOKEN_SHARE) ? random.pick(this.clients) : undefined;
      agenda.after(index * random.between(0, 15), {
        kind: 'io',
        lane: place.replica.surroundings.lane,
        label: `asks ${reader}:${row}${client?.token === undefined ? '' : ` after ${client.token}`}`,
        run: () => void this.read(place, reader, row, client),
      });
    }
  }

  private async read(
    place: Place,
    reader: Asked,
    row: RowName,
    client: Client | undefined,
  ): Promise<void> {
    const { agenda, checker } = this.fleet;
    const { replica } = place;
    this.checkSilence(place);
    const label = `${place.name} ${reader}:${row}`;
    const ownWrites = place.view.isConfused ? [] : this.ownWritesOf(client);
    let arrival = checker.arrive(place.view, row, [], label);
    const observer = new ReadObserver();
    try {
      if (client?.token !== undefined) await replica.follower.ensurePosition(client.token);
    } catch {
      // Refused in time, as it has to be while the database or the copy is behind.
      agenda.note(`${label} is refused: position not reached`);
      return;
    }
    arrival = checker.arrive(place.view, row, ownWrites, label);
    try {
      const answer = await observeReads(observer, () => this.ask(place, reader, row));
      agenda.note(`${label} = ${describe(answer)}${observer.isStale ? ' (stale)' : ''}`);
      checker.answered(arrival, answer, observer.isStale);
      if (WHOLE.includes(reader)) checker.answeredWhole(arrival, answer, observer.isStale);
    } catch (error) {
      agenda.note(`${label} fails`);
      checker.failed(arrival, error);
    }
  }

  /** What the token speaks for: the writes that had committed when the one it names did. */
  private ownWritesOf(client: Client | undefined): OwnWrite[] {
    if (client?.token === undefined) return [];
    const { state } = this.fleet.sql;
    const named = state.stepOf(client.token) ?? 0;
    return client.writes.filter(({ position }) => (state.stepOf(position) ?? 0) <= named);
  }

  private async ask(
    { replica, view }: Place,
    reader: Asked,
    row: RowName,
  ): Promise<Answer | undefined> {
    if (reader === 'page') return askPage(replica, row);
    if (reader === 'suggestions') {
      return askSuggestions(replica, row, (each, revision) =>
        view.state.history.lastOf(each, revision, this.fleet.agenda.step),
      );
    }
    if (reader !== 'batched') return replica.readers[reader].get(row);
    const rows = [row, ...ROWS.filter((other) => other !== row).slice(0, 1)];
    return (await replica.readers.batched.getMany(rows))[0];
  }

  /** C6: five seconds without a sign, and the replica knows that it hears nothing. */
  private checkSilence({ name, subscriber, replica }: Place): void {
    const { lane } = replica.surroundings;
    const signMs = Math.max(subscriber.lastSignMs, lane.stalledUntilMs);
    if (this.fleet.agenda.nowMs - signMs <= SILENCE_BOUND_MS) return;
    if (replica.backplane.state !== 'connected') return;
    this.fleet.checker.report('C6 silence is noticed', `${name} believes that it is connected`);
  }
}

function describe(answer: Answer | undefined): string {
  if (answer === undefined) return 'nothing';
  return answer.parts.map(({ row, revision, step }) => `${row}@${revision}/${step}`).join(' ');
}
