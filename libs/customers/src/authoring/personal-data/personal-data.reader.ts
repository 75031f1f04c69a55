import { Injectable } from '@nestjs/common';
import { PrimaryReader, sql, type SqlStatement } from '#libs/database';
import type { JsonObject, JsonValue } from '#libs/kernel';
import type { Customer } from '../../model/customer.js';
import { MAILBOX, PERSON, PersonalDataCatalog, type ToldPart } from './personal-data-catalog.js';

type PersonalValue = string | number | null;
type PersonalRow = Readonly<Record<string, PersonalValue>>;

/** One row of the file. */
export interface PersonalRecord {
  readonly slice: string;
  readonly part: string;
  readonly data: JsonObject;
}

/** So much is held of each level of parts (an order, its shipment, a line of that). */
const ROWS_PER_PAGE = 50;

/** Reads what every slice tells of a person, page by page, each record before those that hang on it. */
@Injectable()
export class PersonalDataReader {
  constructor(
    private readonly database: PrimaryReader,
    private readonly catalog: PersonalDataCatalog,
  ) {}

  /** No snapshot: what changes meanwhile is told as it was or as it is. */
  async *records(person: Customer): AsyncGenerator<PersonalRecord, void, undefined> {
    for (const part of this.catalog.childrenOf(PERSON)) {
      yield* this.walk(part, sql`${sql.identifier(part.by)} = ${person.id}`);
    }
    for (const part of this.catalog.childrenOf(MAILBOX)) {
      yield* this.walk(
        part,
        sql`store_id = ${person.storeId}
          AND LOWER(${sql.identifier(part.by)}) = ${person.email.toLowerCase()}`,
      );
    }
  }

  private async *walk(
    part: ToldPart,
    isTheirs: SqlStatement,
  ): AsyncGenerator<PersonalRecord, void, undefined> {
    const children = this.catalog.childrenOf(part.part);
    let last: PersonalRow | undefined;
    for (;;) {
      const rows = await this.page(part, children, isTheirs, last);
      for (const row of rows) {
        yield { slice: part.slice, part: part.part, data: dataOf(part, row) };
      }
      for (const child of children) {
        const ids = namedBy(rows, child);
        if (ids.length === 0) continue;
        yield* this.walk(child, sql`${sql.identifier(child.by)} IN ${sql.in(ids)}`);
      }
      last = rows.at(-1);
      if (rows.length < ROWS_PER_PAGE) return;
    }
  }

  private page(
    part: ToldPart,
    children: readonly ToldPart[],
    isTheirs: SqlStatement,
    last: PersonalRow | undefined,
  ): Promise<PersonalRow[]> {
    const named = children.map(({ of }) => of.column ?? 'id');
    const columns = [...new Set([...part.key, ...part.told, ...named])].map((column) =>
      sql.identifier(column),
    );
    const order = sql.join(
      part.key.map((column) => sql.identifier(column)),
      ', ',
    );
    return this.database.query<PersonalRow>(sql`
      SELECT ${sql.join(columns, ', ')}
      FROM ${sql.identifier(part.table)}
      WHERE ${isTheirs} AND ${isBehind(part, last)}
      ORDER BY ${order}
      ${sql.limit(ROWS_PER_PAGE)}`);
  }
}

function isBehind({ key: [first, second] }: ToldPart, last: PersonalRow | undefined): SqlStatement {
  if (last === undefined) return sql`1 = 1`;
  const column = sql.identifier(first);
  const value = last[first] as string | number;
  if (second === undefined) return sql`${column} > ${value}`;
  return sql`(${column} > ${value}
    OR (${column} = ${value} AND ${sql.identifier(second)} > ${last[second] as string | number}))`;
}

function namedBy(rows: readonly PersonalRow[], { of }: ToldPart): string[] {
  const ids = rows.map((row) => row[of.column ?? 'id'] ?? null);
  return [...new Set(ids.filter((id) => typeof id === 'string'))];
}

function dataOf({ told }: ToldPart, row: PersonalRow): JsonObject {
  return Object.fromEntries(
    told.map((column) => [
      column
        .replace(/_json$/, '')
        .replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      valueOf(column, row[column] ?? null),
    ]),
  );
}

function valueOf(column: string, value: PersonalValue): JsonValue {
  if (value === null) return null;
  if (column.endsWith('_json')) return JSON.parse(String(value)) as JsonValue;
  if (column.endsWith('_at')) return new Date(Number(value)).toISOString();
  return column.startsWith('is_') ? value === 1 : value;
}
