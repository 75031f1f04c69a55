import {
  observeReads,
  ReadObserver,
} from '../../../../libs/cache/src/core/reading/read-observer.js';
import { Lane } from '../../engine/agenda.js';
import { settle } from '../../engine/settle.js';
import { Replica } from '../../world/replica.js';
import { ROWS, type RowName, type Settings } from '../../world/settings.js';
import {
  createReaders,
  READER_NAMES,
  type Answer,
  type Part,
  type SimulatedReaders,
} from '../../world/simulated-readers.js';
import type { Ask } from '../scenarios/scenario.js';
import { OpenRequests } from './open-requests.js';
import type { ProcessInput, Token } from './process-input.js';
import { ProcessWatch } from './process-watch.js';
import { RequestedBackplane } from './requested-backplane.js';
import { RequestedLogSource } from './requested-log-source.js';
import { StillAgenda } from './still-agenda.js';

const MAX_LOADS = 64;
/** No chance is left to anything: spread and refresh take the middle. */
const middle = { next: (): number => 0.5, between: (low: number): number => low };

/**
 * One replica made of production code, which moves only when it is given an input. Deterministic: two
 * that were given the same inputs are the same in everything.
 */
export class ExploredProcess {
  readonly requests = new OpenRequests();
  readonly watch: ProcessWatch;
  readonly replica: Replica<SimulatedReaders>;
  private readonly agenda = new StillAgenda();
  private readonly backplane: RequestedBackplane;
  private readonly lane: Lane;

  private constructor(
    private readonly name: string,
    settings: Settings,
  ) {
    this.lane = new Lane(name);
    this.watch = new ProcessWatch(name);
    this.backplane = new RequestedBackplane(this.requests, (text) => this.watch.published(text));
    this.replica = new Replica({
      agenda: this.agenda,
      lane: this.lane,
      random: middle,
      settings,
      log: new RequestedLogSource(this.requests),
      backplane: this.backplane,
      maxLoads: MAX_LOADS,
      createReaders: (cache) =>
        createReaders(cache, {
          replica: name,
          readRows: (rows) => this.readRows(rows),
          settings,
          watch: this.watch.loads,
          isLoaderBroken: () => false,
        }),
      onFollowed: () => undefined,
      onDifferent: () => undefined,
      onApplied: (tags) => {
        this.watch.loads.invalidationApplied(name);
        this.note(`applies ${tags === undefined ? 'everything' : tags.join(' ')}`);
      },
    });
  }

  /** With an empty cache, after its first follow. */
  static async start(name: string, settings: Settings): Promise<ExploredProcess> {
    const process = new ExploredProcess(name, settings);
    process.replica.start();
    process.agenda.runDue();
    await settle();
    for (const { slot } of process.requests.list()) {
      const excerpt = { records: [], prunedTo: 0, last: 0 };
      const revisions = { p0: 0, p1: 0, p2: 0 };
      await process.perform({ kind: 'answer', slot, sight: { kind: 'log', excerpt, revisions } });
    }
    return process;
  }

  get nowMs(): number {
    return this.agenda.nowMs;
  }

  /** What it said since this was last asked. */
  takeLines(): readonly string[] {
    return this.agenda.lines.splice(0);
  }

  /** One event in this process, up to where it waits for the next. */
  async perform(input: ProcessInput): Promise<void> {
    this.feed(input);
    await settle();
    this.lane.endTurn();
  }

  /** C3, in the entries themselves. */
  checkHeld(): void {
    for (const name of READER_NAMES) {
      for (const row of ROWS) {
        this.watch.checkHeld(`${name}:${row}`, this.replica.readers[name].inspect(row)?.value);
      }
    }
  }

  /** What the process is made of and its state does not depend on. */
  get surroundings(): readonly object[] {
    const { settings, log } = this.replica.surroundings;
    return [
      this.agenda,
      this.lane,
      this.backplane,
      settings,
      log,
      middle,
      this.replica.surroundings,
    ];
  }

  note(text: string): void {
    this.agenda.note(`${this.name} ${text}`);
  }

  private feed(input: ProcessInput): void {
    const { watch, requests, backplane, replica } = this;
    switch (input.kind) {
      case 'ask':
        void this.ask(input.ask, input.token);
        break;
      case 'learn': {
        const { position, tags } = input;
        watch.learned(position, tags);
        replica.committed({
          position,
          tags,
          committedAt: 0,
          jobs: [],
          notifications: [],
          touched: [],
        });
        break;
      }
      case 'answer':
        if (input.sight.kind === 'log') watch.followEnded(input.sight);
        requests.answer(input.slot, input.sight);
        break;
      case 'published':
        requests.answer(input.slot, undefined);
        break;
      case 'fail':
        watch.followFailed();
        requests.fail(input.slot);
        break;
      case 'hear':
        watch.heard(input.text);
        backplane.hear(input.text);
        break;
      case 'follow':
        backplane.reconnected();
        break;
      case 'wait':
        this.agenda.nowMs += input.ms;
        break;
    }
  }

  private async ask(ask: Ask, token: Token | undefined): Promise<void> {
    const { watch, replica } = this;
    const label = `${ask.reader}:${ask.rows.join('+')}`;
    watch.waiting += 1;
    try {
      if (token !== undefined) await replica.follower.ensurePosition(token.position);
      const arrival = watch.arrive(label, this.nowMs, token);
      const observer = new ReadObserver();
      const answers = await observeReads(observer, () => this.read(ask));
      for (const answer of answers) {
        this.note(`answers ${label} with ${describe(answer)}${observer.isStale ? ', stale' : ''}`);
        watch.answered(arrival, answer, observer.isStale);
      }
    } catch (error) {
      this.note(`fails ${label}`);
      watch.failed(label, error);
    } finally {
      watch.waiting -= 1;
    }
  }

  private async read({ reader, rows }: Ask): Promise<readonly (Answer | undefined)[]> {
    if (rows.length > 1) return this.replica.readers[reader].getMany(rows);
    return [await this.replica.readers[reader].get(rows[0])];
  }

  private async readRows(rows: readonly RowName[]): Promise<readonly Part[]> {
    const step = this.watch.nextOrder();
    const sight = await this.requests.send({ kind: 'rows', rows });
    if (sight?.kind !== 'rows') throw new Error('not an answer to a query for rows');
    const { revisions } = sight;
    return rows.map((row, index) => ({ row, revision: revisions[index] ?? 0, step }));
  }
}

function describe(answer: Answer | undefined): string {
  if (answer === undefined) return 'nothing';
  return answer.parts.map(({ row, revision }) => `${row}@${revision}`).join(' ');
}
