// The entry of a worker thread. It is started from the sources as well, by Node.js itself, which removes
// types and nothing else: so it imports packages only, and types.
import BetterSqlite3 from 'better-sqlite3';
import { parentPort, workerData } from 'node:worker_threads';
import type { LOADED, ReadBatch, ReadOutcome, ReadThreadData } from './read-protocol.js';

const MAX_PREPARED = 300;
const { file, maxAnswerBytes } = workerData as ReadThreadData;
const prepared = new Map<string, BetterSqlite3.Statement<unknown[], unknown[]>>();
let database: BetterSqlite3.Database | undefined;

/** Opened when it is needed, and again after that has failed: the file may come later than the thread. */
function open(): BetterSqlite3.Database {
  database ??= new BetterSqlite3(file, { readonly: true, fileMustExist: true, timeout: 0 });
  return database;
}

function prepare(text: string): BetterSqlite3.Statement<unknown[], unknown[]> {
  const known = prepared.get(text);
  if (known !== undefined) {
    prepared.delete(text);
    prepared.set(text, known);
    return known;
  }
  const statement = open().prepare<unknown[], unknown[]>(text);
  if (statement.reader) statement.raw(true);
  const oldest = prepared.keys().next();
  if (prepared.size >= MAX_PREPARED && oldest.done !== true) prepared.delete(oldest.value);
  prepared.set(text, statement);
  return statement;
}

/** Row by row: between two rows an answer that becomes too large, and a thread that is given up, end. */
function run(text: string, parameters: readonly unknown[]): ReadOutcome {
  try {
    const statement = prepare(text);
    const before = process.threadCpuUsage();
    // What is no query fails as the read-only connection has it fail.
    if (!statement.reader) statement.run(...parameters);
    const values: unknown[] = [];
    let bytes = 0;
    for (const row of statement.iterate(...parameters)) {
      for (const value of row) {
        bytes += sizeOf(value);
        values.push(value);
      }
      if (bytes > maxAnswerBytes) return { code: 'TOO_LARGE', message: 'the answer is too large' };
    }
    const columns = statement.columns().map(({ name }) => name);
    const spent = process.threadCpuUsage(before);
    return { columns, values, cpuMs: (spent.user + spent.system) / 1_000 };
  } catch (error) {
    const { code, message } = error as { readonly code?: unknown; readonly message: string };
    return { code: typeof code === 'string' ? code : undefined, message };
  }
}

function sizeOf(value: unknown): number {
  if (typeof value === 'string') return 16 + value.length;
  return value instanceof Uint8Array ? 64 + value.byteLength : 8;
}

parentPort?.on('message', (batch: ReadBatch) => {
  parentPort?.postMessage(batch.map(([text, parameters]) => run(text, parameters)));
});

// The driver loads its binary with the first connection, and a thread that is ended meanwhile takes the process with it
// ("napi_get_last_error_info"). So it is loaded here, and who ends the thread waits for this word.
new BetterSqlite3(':memory:').close();
parentPort?.postMessage('loaded' satisfies typeof LOADED);
