import type { PersonalData } from '#libs/database';
import type { TableColumn } from './table-columns.js';

/** A column that names a person, or something that belongs to one. */
const PERSONAL =
  /^(?:customer_id|customer_key|email|recipient|phone|\w*address_json|(?:order|cart|payment|shipment|return)_id)$/;
/** What opens something for the one who has it. */
const SECRET = /hash|sha256|token|password|secret|signing|key$/;

/**
 * Where the export of what is known of a person does not fit the tables, in words: a table with something of people
 * that neither a slice tells nor `impersonal` gives a reason for, a column that nobody decided about, a secret, a part that is never read.
 */
export function untoldTables(
  data: readonly PersonalData[],
  columns: readonly TableColumn[],
  impersonal: Readonly<Record<string, string>>,
): string[] {
  const found: string[] = [];
  const parts = data.flatMap(({ parts: all }) => all);
  const told = new Set(parts.map(({ table }) => table));
  for (const { table, column } of columns) {
    if (PERSONAL.test(column) && !told.has(table) && impersonal[table] === undefined) {
      found.push(`${table}.${column} is about a person, and nobody tells it`);
    }
  }
  const parents = new Set(['person', 'mailbox', ...parts.map(({ part }) => part)]);
  for (const { part, table, of, told: shown, withheld } of parts) {
    if (!parents.has(of.part)) found.push(`${part} hangs on ${of.part}, which nobody tells`);
    const there = columns.filter((one) => one.table === table).map(({ column }) => column);
    const decided = [...shown, ...withheld];
    found.push(
      ...there
        .filter((column) => !decided.includes(column))
        .map((column) => `${part} neither tells nor withholds ${table}.${column}`),
      ...decided
        .filter((column, index) => !there.includes(column) || decided.indexOf(column) !== index)
        .map((column) => `${part} names ${table}.${column}, which is not there, or twice`),
      ...shown
        .filter((column) => SECRET.test(column))
        .map((column) => `${part} tells the secret ${table}.${column}`),
    );
  }
  for (const table of Object.keys(impersonal)) {
    if (told.has(table) || !columns.some((one) => one.table === table)) {
      found.push(`${table} is told, or is not there, and has a reason not to be told`);
    }
  }
  return found;
}
