// One writing process of the contention test: runs units of work of several statements for a while,
// as a replica of the given role does, and reports what happened.
// usage: node sqlite-writer.mjs <role> <database url> <milliseconds>
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parseDatabaseUrl } from '#libs/config';
import { openMigrated, openReads, sql, SqlReader, UnitOfWork, writeOptions } from '#libs/database';
import { systemClock } from '#libs/kernel';

/** Longer than any of it takes, on however busy a machine. */
const PATIENCE_MS = 60_000;

const [role = 'commerce', url = '', durationMs = '10000'] = process.argv.slice(2);
const target = parseDatabaseUrl(url);
const writer = await openMigrated(writeOptions(target), PATIENCE_MS);
const connections = await openReads(target, {
  threads: 2,
  waitMs: PATIENCE_MS,
  limitMs: PATIENCE_MS,
  onThreadLost: (error) => {
    throw error;
  },
});
const reader = new SqlReader(connections.loads, 'sqlite');
const unitOfWork = new UnitOfWork(writer, {
  dialect: 'sqlite',
  origin: `${role}-${process.pid}`,
  clock: systemClock,
  maxTransactionMs: PATIENCE_MS,
  maxAttempts: 5,
  onListenerFailure: () => undefined,
});

const COUNTER = 1;
const CONCURRENCY = 4;

/** Reads, computes in the application, writes: an update is lost if two units ever overlap. */
async function increment(number) {
  await unitOfWork.run(async (tx) => {
    const rows = await tx.query(
      sql`SELECT position FROM invalidation_log_floor WHERE id = ${COUNTER}`,
    );
    await new Promise((resolve) => setImmediate(resolve));
    const next = rows[0].position + 1;
    await tx.execute(
      sql`UPDATE invalidation_log_floor SET position = ${next} WHERE id = ${COUNTER}`,
    );
    await tx.execute(sql.insert('write_lock', [{ id: next }]));
    tx.invalidate(`counter:${number}`);
    tx.audit({ action: 'test:counter:update', entity: 'counter', entityId: String(number) });
  });
}

process.send({ kind: 'ready' });
await new Promise((resolve) => process.once('message', resolve));

const delays = monitorEventLoopDelay({ resolution: 5 });
delays.enable();
const end = performance.now() + Number(durationMs);
const errors = [];
let commits = 0;
let reads = 0;
let longestMs = 0;

async function writeUntilEnd() {
  while (performance.now() < end) {
    const startedAt = performance.now();
    try {
      await increment(commits);
      commits += 1;
    } catch (error) {
      errors.push(`${error.code ?? ''} ${error.message}`);
    }
    longestMs = Math.max(longestMs, performance.now() - startedAt);
  }
}

async function readUntilEnd() {
  while (performance.now() < end) {
    await reader.query(sql`SELECT COUNT(*) AS n FROM write_lock`);
    reads += 1;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

await Promise.all([...Array.from({ length: CONCURRENCY }, writeUntilEnd), readUntilEnd()]);
delays.disable();
process.send({
  kind: 'done',
  role,
  commits,
  reads,
  errors,
  longestMs,
  delayP99Ms: delays.percentile(99) / 1e6,
  delayMaxMs: delays.max / 1e6,
});
await connections.close();
await writer.destroy();
process.disconnect();
