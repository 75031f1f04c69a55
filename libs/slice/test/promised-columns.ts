import type { Database } from 'better-sqlite3';
import type { ReadStatement } from './read-statements.js';
import { UNKNOWN } from './statement-texts.js';

/** SQL that only a run knows is a condition, a value, or may be left out. */
const FILLINGS = ['?', ''];
const CLAUSE =
  /\b(?:SELECT|RETURNING|FROM|JOIN|ON|WHERE|AND|OR|WHEN|THEN|BY|SET|VALUES|INTO|HAVING|IN)\b/g;

/**
 * What a statement answers and its row type promises are the same columns: what differs, in words, one line for
 * each. The migrated database itself names the columns of the statement, so it also refuses what no table has.
 */
export function unkeptPromises(
  statement: ReadStatement,
  database: Pick<Database, 'prepare'>,
): readonly string[] {
  const { place, promised, sqlite, mssql } = statement;
  const inPlace = (lines: readonly string[]) =>
    [...new Set(lines)].map((line) => `${place} ${line}`);
  if (promised === undefined)
    return inPlace(['has a row type without names: let RowOf<…> stand beside the statement']);
  // A row of `object` promises nothing: only whether there is one is read.
  if (promised.every(({ length }) => length === 0)) return [];
  const differ = (columns: readonly string[]) =>
    promised.flatMap((names) => differences(columns, names));
  const answers = sqlite.map((text) => columnsOf(text, database));
  const refused = answers.flatMap((answer) => answer.refused ?? []);
  if (refused.length > 0) return inPlace(refused.map(unreadable));
  // What writes answers nothing on SQL Server without OUTPUT.
  const silent = sqlite.some((text) => /\bRETURNING\b/.test(text)) ? [] : promised[0];
  const lines = [
    ...answers.flatMap(({ columns = [] }) => differ(columns)),
    ...mssql.flatMap((text) => differ(outputOf(text) ?? silent ?? [])),
  ];
  const selected = new Set(sqlite.map(selectedIn));
  const isSame = (text: string) => outputOf(text) !== undefined || selected.has(selectedIn(text));
  if (lines.length === 0 && !mssql.every(isSame))
    return inPlace(['selects something else on SQL Server than on SQLite: select the same']);
  return inPlace(lines);
}

function unreadable(reason: string): string {
  const [, column] = /^no such column: (\S+)/.exec(reason) ?? [];
  return column === undefined
    ? `has a statement that can't be read (${reason}): let its columns stand in one text`
    : `names ${column}, which no entity of its tables has: take the name of a column from the entity`;
}

function differences(columns: readonly string[], promised: readonly string[]): string[] {
  const twice = columns.filter((name, index) => columns.indexOf(name) !== index);
  return [
    ...columns
      .filter((name) => !promised.includes(name))
      .map(
        (name) =>
          `selects ${name}, which its row type lacks: leave it out, add it to RowOf<…>, or name it (AS) as the type does`,
      ),
    ...promised
      .filter((name) => !columns.includes(name))
      .map(
        (name) =>
          `promises ${name}, which it does not select: select it, or take it out of RowOf<…>`,
      ),
    ...twice.map((name) => `selects ${name} twice, and a row has one: give each a name (AS)`),
  ];
}

/** What the database says of a statement: the columns that it would answer with, or why it refuses. */
interface Answer {
  readonly columns?: readonly string[];
  readonly refused?: string;
}

function columnsOf(text: string, database: Pick<Database, 'prepare'>): Answer {
  const [head = '', ...rest] = text.split(UNKNOWN);
  let before = head;
  for (const part of rest) {
    const clause = before.match(CLAUSE)?.at(-1);
    if (clause === undefined || clause === 'SELECT' || clause === 'RETURNING')
      return { refused: 'its columns are put together at run time' };
    before += part;
  }
  let refused = '';
  for (const filled of fillings(head, rest)) {
    try {
      const columns = database.prepare(filled).columns();
      return { columns: columns.map(({ name }) => name) };
    } catch (error) {
      refused = (error as Error).message;
      if (refused.startsWith('no such column')) break;
    }
  }
  return { refused };
}

function fillings(head: string, rest: readonly string[]): readonly string[] {
  return rest.reduce<readonly string[]>(
    (texts, part) => texts.flatMap((text) => FILLINGS.map((filling) => text + filling + part)),
    [head],
  );
}

/** The names behind OUTPUT, which is how SQL Server answers what a statement wrote. */
function outputOf(text: string): readonly string[] | undefined {
  const [, list] =
    /\bOUTPUT\s+((?:[\w."]+(?:\s+AS\s+\w+)?\s*,\s*)*[\w."]+(?:\s+AS\s+\w+)?)/.exec(text) ?? [];
  return list?.split(',').map((column) => /(\w+)"?\s*$/.exec(column)?.[1] ?? column);
}

/** The lists behind each SELECT, without the space between their words. */
const selectedIn = (text: string): string =>
  (text.match(/\bSELECT\b[\s\S]*?\bFROM\b/g) ?? []).join(' ').replaceAll(/\s+/g, ' ');
