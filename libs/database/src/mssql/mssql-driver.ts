import { AsyncLocalStorage } from 'node:async_hooks';
import { createRequire } from 'node:module';

/** A type of a parameter with what is declared of it, as the mssql package describes it. */
export interface DeclaredType {
  readonly type: unknown;
  readonly length?: unknown;
}

/** Where the driver's pool takes a connection, for requests and transactions alike. */
const ACQUIRE = '_acquire';

type TypeOf = (length?: unknown) => DeclaredType;

interface Request {
  input(name: string, ...typeAndValue: readonly unknown[]): this;
  query(command: string): Promise<unknown>;
  /** Before it is sent: it never is. */
  cancel(): void;
}

interface Mssql {
  readonly Request: new (parent?: unknown) => Request & {
    readonly parameters: Readonly<Record<string, DeclaredType>>;
  };
  readonly ConnectionPool: new (config: object) => { [ACQUIRE](): Promise<object> };
  readonly NVarChar: TypeOf;
  readonly VarBinary: TypeOf;
  readonly BigInt: TypeOf;
  readonly Float: TypeOf;
  readonly MAX: unknown;
}

/** Longer ones are declared without a bound. */
const MAX_TEXT = 4_000;
const MAX_BYTES = 8_000;

const cancelling = new AsyncLocalStorage<AbortSignal>();

/** Runs `work`; when the signal fires the server is told to end the requests that it has sent, which fail. */
export function cancelledBy<T>(signal: AbortSignal, work: () => T): T {
  return cancelling.run(signal, work);
}

let driver: object | undefined;

/**
 * The mssql package as TypeORM takes it, with requests that declare their parameters and pools that say by a
 * code that no connection came. It is loaded when it is first asked for: on SQLite
 * nobody asks.
 */
export function mssqlDriver(): object {
  driver ??= extended(createRequire(import.meta.url)('mssql') as Mssql);
  return driver;
}

function extended(mssql: Mssql): object {
  /**
   * Declares every parameter by its kind and never by its value: the driver would take the length of a
   * text and the size of a number into the declaration, and SQL Server keeps a plan for each declaration.
   * A statement therefore has one plan, and another only for texts above 4,000 characters.
   */
  class DeclaredRequest extends mssql.Request {
    override input(name: string, ...typeAndValue: readonly unknown[]): this {
      const [first, second] = typeAndValue;
      if (typeAndValue.length === 1) {
        const declared = declaredType(first);
        return declared === undefined
          ? super.input(name, first)
          : super.input(name, declared, first);
      }
      return super.input(
        name,
        hasNoLength(first) ? (declaredType(second) ?? first) : first,
        second,
      );
    }

    override async query(command: string): Promise<unknown> {
      const signal = cancelling.getStore();
      if (signal === undefined) return super.query(command);
      signal.throwIfAborted();
      const cancel = (): void => this.cancel();
      signal.addEventListener('abort', cancel, { once: true });
      try {
        return await super.query(command);
      } finally {
        signal.removeEventListener('abort', cancel);
      }
    }
  }

  /** undefined: what the driver finds out itself is the same for all values of the kind. */
  function declaredType(value: unknown): DeclaredType | undefined {
    if (value === null || value === undefined) return mssql.NVarChar(MAX_TEXT);
    if (typeof value === 'string') {
      return mssql.NVarChar(value.length > MAX_TEXT ? mssql.MAX : MAX_TEXT);
    }
    if (typeof value === 'number') return Number.isInteger(value) ? mssql.BigInt() : mssql.Float();
    if (Buffer.isBuffer(value)) {
      return mssql.VarBinary(value.length > MAX_BYTES ? mssql.MAX : MAX_BYTES);
    }
    return undefined;
  }

  /** TypeORM knows that a column holds text, and leaves out its length when it is asked without the entity. */
  function hasNoLength(type: unknown): boolean {
    if (type === mssql.NVarChar) return true;
    const { type: kind, length } = type as DeclaredType;
    return kind === mssql.NVarChar && length === undefined;
  }

  /** Says by a code, as everything else of the driver does, that no connection came in time. */
  class CodedPool extends mssql.ConnectionPool {
    override async [ACQUIRE](): Promise<object> {
      try {
        return await super[ACQUIRE]();
      } catch (error) {
        const failure = error as { readonly code?: unknown };
        if (failure.code !== undefined) throw error;
        throw Object.assign(new Error('no connection came in time', { cause: error }), {
          code: 'ETIMEOUT',
        });
      }
    }
  }

  return { ...mssql, Request: DeclaredRequest, ConnectionPool: CodedPool };
}
