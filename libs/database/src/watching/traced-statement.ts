import type { TraceFacts, TraceStep } from '#libs/kernel';
import type { Dialect } from '../sql/dialect.js';

const SYSTEMS = { sqlite: 'sqlite', mssql: 'microsoft.sql_server' } as const;

export function databaseSystem(dialect: Dialect): TraceFacts {
  return { 'db.system.name': SYSTEMS[dialect] };
}

/** A statement as a trace shows it: its text, in which values are placeholders, and never the values. */
export function statementStep(name: 'read' | 'write', text: string, dialect: Dialect): TraceStep {
  const facts = { ...databaseSystem(dialect), 'db.query.text': text.replace(/\s+/g, ' ').trim() };
  return { name: `sql ${name}`, kind: 'client', facts };
}
