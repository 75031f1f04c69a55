import { ROWS, tagOf, type RowName } from '../../world/settings.js';
import type { Request, Sight } from '../process/open-requests.js';
import type { Token } from '../process/process-input.js';
import type { Write } from '../scenarios/scenario.js';
import { Interning, type Interned } from './interning.js';

/** How far a unit of work has come, and what its process knows of that. */
export type WritePhase = 'waiting' | 'open' | 'rolled back' | 'committed' | 'known' | 'unknown';

export interface LoggedCommit {
  readonly position: number;
  readonly rows: readonly RowName[];
  /** Of these rows, in the same order, since this commit. */
  readonly revisions: readonly number[];
  readonly atMs: number;
}

/** What the database holds: rows and log, which change together, and the transactions under way. */
export interface SqlContent {
  readonly revisions: Readonly<Record<RowName, number>>;
  /** By position, which is not the order of the commits. */
  readonly log: readonly LoggedCommit[];
  readonly lastPosition: number;
  readonly phases: readonly WritePhase[];
  /** 0: none yet. */
  readonly positions: readonly number[];
}

type Content = Interned<SqlContent>;

/** The database as a function from content to content: nothing in it changes. */
export class SqlContents {
  readonly initial: Content;
  private readonly contents = new Interning<SqlContent>();
  private readonly sights = new Interning<Sight>();
  private readonly seen = new Map<string, Interned<Sight>>();

  constructor(private readonly writes: readonly Write[]) {
    this.initial = this.contents.of({
      revisions: { p0: 0, p1: 0, p2: 0 },
      log: [],
      lastPosition: 0,
      phases: writes.map(() => 'waiting'),
      positions: writes.map(() => 0),
    });
  }

  /** A row has one writer at a time. */
  canBegin({ phases }: SqlContent, index: number): boolean {
    if (phases[index] !== 'waiting') return false;
    const rows = this.write(index).rows;
    return !this.writes.some(
      (other, at) => phases[at] === 'open' && other.rows.some((row) => rows.includes(row)),
    );
  }

  begin(content: Content, index: number): Content {
    return this.contents.after(content, `b${index}`, () => {
      const position = content.lastPosition + 1;
      return {
        ...bare(content),
        lastPosition: position,
        positions: content.positions.with(index, position),
        phases: content.phases.with(index, 'open'),
      };
    });
  }

  commit(content: Content, index: number, atMs: number): Content {
    return this.contents.after(content, `c${index} ${atMs}`, () => {
      const { rows, learns } = this.write(index);
      const phase = learns === 'never' ? 'unknown' : 'committed';
      const revisions = { ...content.revisions };
      for (const row of rows) revisions[row] += 1;
      const commit = {
        position: content.positions[index] ?? 0,
        rows,
        revisions: rows.map((row) => revisions[row]),
        atMs,
      };
      const log = [...content.log, commit].sort((one, other) => one.position - other.position);
      return { ...bare(content), revisions, log, phases: content.phases.with(index, phase) };
    });
  }

  end(content: Content, index: number, phase: WritePhase): Content {
    return this.contents.after(content, `${phase}${index}`, () => ({
      ...bare(content),
      phases: content.phases.with(index, phase),
    }));
  }

  /** What a statement sees at this instant. */
  look(content: Content, request: Exclude<Request, { kind: 'publish' }>): Interned<Sight> {
    const key = `${content.id} ${request.kind === 'log' ? request.after : request.rows.join(' ')}`;
    let sight = this.seen.get(key);
    if (sight === undefined) {
      sight = this.sights.of(sightOf(content, request));
      this.seen.set(key, sight);
    }
    return sight;
  }

  /** Of a write that has committed. */
  token({ log, positions }: SqlContent, name: string): Token {
    const position = positions[this.writes.findIndex((write) => write.name === name)] ?? 0;
    const seen = { p0: 0, p1: 0, p2: 0 };
    for (const commit of log) {
      if (commit.position > position) break;
      for (const [index, row] of commit.rows.entries()) seen[row] = commit.revisions[index] ?? 0;
    }
    return { position, revisions: seen };
  }

  private write(index: number): Write {
    const write = this.writes[index];
    if (write === undefined) throw new RangeError(`no write ${index}`);
    return write;
  }
}

/** Without its number, which is not part of its value. */
function bare({ revisions, log, lastPosition, phases, positions }: SqlContent): SqlContent {
  return { revisions, log, lastPosition, phases, positions };
}

function sightOf(content: SqlContent, request: Exclude<Request, { kind: 'publish' }>): Sight {
  const { revisions, log } = content;
  if (request.kind === 'rows') {
    return { kind: 'rows', revisions: request.rows.map((row) => revisions[row]) };
  }
  const records = log
    .filter(({ position }) => position > request.after)
    .map(({ position, rows }) => ({ position, tags: rows.map(tagOf), committedAt: 0 }));
  const last = log.at(-1)?.position ?? 0;
  const all = Object.fromEntries(ROWS.map((row) => [row, revisions[row]]));
  return {
    kind: 'log',
    excerpt: { records, prunedTo: 0, last },
    revisions: all as Record<RowName, number>,
  };
}
