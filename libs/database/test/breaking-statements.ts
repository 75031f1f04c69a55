/** A migration as the statements that it runs. */
export interface MigrationStatements {
  readonly name: string;
  readonly statements: readonly string[];
}

export interface BreakingStatement {
  readonly migration: string;
  /** On one line. */
  readonly statement: string;
  readonly why: string;
}

/** What the migrations so far have made, and what of it the migration that is looked at has. */
class Schema {
  private readonly tables = new Set<string>();
  private readonly columns = new Map<string, Set<string>>();
  /** By index; those that refuse rows. */
  readonly unique = new Set<string>();

  next(): void {
    this.tables.clear();
    this.columns.clear();
  }

  addTable(table: string): void {
    this.tables.add(table);
  }

  addColumn(table: string, column: string): void {
    this.columns.set(table, (this.columns.get(table) ?? new Set()).add(column));
  }

  /** A release before knows nothing of a table that this migration has made. */
  isOlder(table: string): boolean {
    return !this.tables.has(table);
  }

  isNewColumn(table: string, column: string): boolean {
    return this.columns.get(table)?.has(column) ?? false;
  }
}

/**
 * The statements that a release from before a migration may not live with: whatever takes away or changes what is there, or
 * refuses what that release writes. A statement in a form that is not known is one of them, so nothing slips through by being
 * written differently. Not seen: what a change of rows means to older code, and rows of new tables that refer to older ones.
 */
export function breakingStatements(history: readonly MigrationStatements[]): BreakingStatement[] {
  const schema = new Schema();
  return history.flatMap(({ name, statements }) => {
    schema.next();
    return statements.flatMap((text) => {
      const statement = oneLine(text);
      const why = breach(statement, schema);
      return why === undefined ? [] : [{ migration: name, statement, why }];
    });
  });
}

function oneLine(text: string): string {
  return text
    .replaceAll(/["`[\]]/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

/** What is wrong with a statement. Notes what it makes. */
function breach(statement: string, schema: Schema): string | undefined {
  for (const [form, judge] of FORMS) {
    const match = form.exec(statement);
    if (match === null) continue;
    if (holdsAnother(statement)) return 'is more than one statement; make each one of its own';
    return judge(match.groups ?? {}, schema);
  }
  return 'takes away or changes what is there, or is in a form that the check does not know';
}

/** T-SQL needs nothing between two statements. */
function holdsAnother(statement: string): boolean {
  const [, ...rest] = statement
    .replaceAll(/'(?:[^']|'')*'/g, "''")
    .replaceAll(/\bON (DELETE|UPDATE)\b/gi, '')
    .split(' ');
  return /;.|\b(ALTER|CREATE|DELETE|DROP|EXEC|EXECUTE|MERGE|TRUNCATE)\b/i.test(rest.join(' '));
}

type Parts = Readonly<Record<string, string | undefined>>;
type Judge = (parts: Parts, schema: Schema) => string | undefined;

const FORMS: readonly (readonly [RegExp, Judge])[] = [
  [/^SELECT /i, () => undefined],
  [/^CREATE TABLE (?<table>\w+) ?\(/i, judgeTable],
  [
    /^ALTER TABLE (?<table>\w+) ADD (?!CONSTRAINT\b|PRIMARY\b|FOREIGN\b|UNIQUE\b|CHECK\b|DEFAULT\b)(?:COLUMN )?(?<column>\w+) (?<rest>.*)$/i,
    judgeColumn,
  ],
  [
    /^CREATE (?<unique>UNIQUE )?(?:NONCLUSTERED )?INDEX (?<index>\w+) ON (?<table>\w+) ?\([^()]*\)(?: WHERE (?<filter>.*))?$/i,
    judgeIndex,
  ],
  [/^DROP INDEX (?<index>\w+)(?: ON \w+)?$/i, judgeIndexGone],
  [/^INSERT INTO (?<table>\w+)\b/i, judgeRows],
  [/^UPDATE (?<table>\w+) SET (?<column>\w+) = (?<rest>.*)$/i, judgeUpdate],
];

function judgeTable({ table = '' }: Parts, schema: Schema): undefined {
  schema.addTable(table);
}

function judgeColumn({ table = '', column = '', rest = '' }: Parts, schema: Schema) {
  schema.addColumn(table, column);
  if (/,(?![^(]*\))/.test(rest)) return `is more than one column; add each by itself`;
  if (!schema.isOlder(table)) return undefined;
  if (/\bNOT NULL\b/i.test(rest) && !/\bDEFAULT\b/i.test(rest)) {
    return `an older release adds rows to ${table} and does not name ${column}: give it a default`;
  }
  if (/\b(UNIQUE|PRIMARY|CHECK|REFERENCES)\b/i.test(rest)) {
    return `${column} refuses rows of ${table} that an older release writes`;
  }
  return undefined;
}

function judgeIndex({ unique, index = '', table = '', filter = '' }: Parts, schema: Schema) {
  if (unique === undefined) return undefined;
  schema.unique.add(index);
  if (!schema.isOlder(table)) return undefined;
  // Rows of an older release have nothing in a new column, so a filter by one leaves them out.
  const filtered = /^\(?(?<column>\w+) IS NOT NULL\)?(?! OR\b)/i.exec(filter)?.groups?.['column'];
  const isOutside = filtered !== undefined && schema.isNewColumn(table, filtered);
  return isOutside && !/\bOR\b/i.test(filter)
    ? undefined
    : `the index refuses rows of ${table} that an older release writes`;
}

function judgeIndexGone({ index = '' }: Parts, schema: Schema) {
  return schema.unique.delete(index)
    ? `an older release counts on ${index} to refuse what is there already`
    : undefined;
}

function judgeRows({ table = '' }: Parts, schema: Schema) {
  return schema.isOlder(table)
    ? `an older release meets rows of ${table} it did not make`
    : undefined;
}

function judgeUpdate({ table = '', column = '', rest = '' }: Parts, schema: Schema) {
  const isOneColumn = !rest.replaceAll(/\([^()]*\)/g, '').includes(',');
  const isUnknown = !schema.isOlder(table) || (isOneColumn && schema.isNewColumn(table, column));
  return isUnknown ? undefined : `an older release reads ${table} as it was`;
}
