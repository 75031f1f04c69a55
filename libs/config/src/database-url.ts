import { resolve } from 'node:path';
import { percentDecode } from './percent-decode.js';

/** The embedded database: one file, shared by the replicas of one machine. */
export interface SqliteUrl {
  readonly kind: 'sqlite';
  /** Absolute path. */
  readonly file: string;
}

/** A SQL Server database. */
export interface MssqlUrl {
  readonly kind: 'mssql';
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
  readonly encrypt: boolean;
  readonly trustServerCertificate: boolean;
  /** Most connections one replica holds. */
  readonly poolMax: number;
  readonly connectTimeoutMs: number;
  readonly requestTimeoutMs: number;
}

export type DatabaseUrl = SqliteUrl | MssqlUrl;

/** Reads DATABASE_URL. Throws an Error whose message lists every problem and repeats no secret. */
export function parseDatabaseUrl(text: string): DatabaseUrl {
  if (text.startsWith('sqlite:')) return parseSqliteUrl(text.slice('sqlite:'.length));
  if (text.startsWith('mssql:')) return parseMssqlUrl(text);
  throw new Error('must start with sqlite: or mssql://');
}

function parseSqliteUrl(rest: string): SqliteUrl {
  const file = rest.startsWith('///') ? rest.slice(2) : rest;
  if (file === '' || file.startsWith('//') || file.endsWith('/')) {
    throw new Error('must name a file: sqlite:./data/lockstep.db or sqlite:/var/lib/lockstep.db');
  }
  if (file === ':memory:') {
    throw new Error('sqlite::memory: cannot be used: replicas share the database through a file');
  }
  if (file.includes('?')) throw new Error('sqlite: takes no parameters');
  return { kind: 'sqlite', file: resolve(file) };
}

function parseMssqlUrl(text: string): MssqlUrl {
  if (!text.startsWith('mssql://') || !URL.canParse(text)) {
    throw new Error(
      'must look like mssql://user:password@host:1433/database?encrypt=true' +
        ' (special characters percent-encoded)',
    );
  }
  const url = new URL(text);
  const problems: string[] = [];
  const required = (value: string, what: string) => {
    if (value === '') problems.push(`names no ${what}`);
    return percentDecode(value, what, problems);
  };
  const parameters = new Parameters(url.searchParams, problems);
  const result: MssqlUrl = {
    kind: 'mssql',
    host: required(url.hostname, 'host'),
    port: url.port === '' ? 1433 : Number(url.port),
    user: required(url.username, 'user'),
    password: required(url.password, 'password'),
    database: required(url.pathname.replace(/^\//, ''), 'database'),
    encrypt: parameters.flag('encrypt', true),
    trustServerCertificate: parameters.flag('trustServerCertificate', false),
    poolMax: parameters.integer('poolMax', 10, 2, 500),
    connectTimeoutMs: parameters.integer('connectTimeoutMs', 15_000, 100, 120_000),
    requestTimeoutMs: parameters.integer('requestTimeoutMs', 15_000, 100, 600_000),
  };
  parameters.refuseUnread();
  if (problems.length > 0) throw new Error(problems.join('; '));
  return result;
}

/** Reads URL parameters strictly: a malformed or unknown one is a problem. */
class Parameters {
  private readonly unread: Set<string>;

  constructor(
    private readonly values: URLSearchParams,
    private readonly problems: string[],
  ) {
    this.unread = new Set(values.keys());
  }

  flag(name: string, fallback: boolean): boolean {
    const text = this.take(name);
    if (text === null) return fallback;
    if (text !== 'true' && text !== 'false') {
      this.problems.push(`parameter ${name} must be true or false`);
    }
    return text === 'true';
  }

  integer(name: string, fallback: number, min: number, max: number): number {
    const text = this.take(name);
    if (text === null) return fallback;
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (!(value >= min && value <= max)) {
      this.problems.push(`parameter ${name} must be a whole number from ${min} to ${max}`);
    }
    return value;
  }

  refuseUnread(): void {
    for (const name of this.unread) this.problems.push(`parameter ${name} is unknown`);
  }

  private take(name: string): string | null {
    this.unread.delete(name);
    return this.values.get(name);
  }
}
