// What it costs that a read goes to a worker thread: the same small statement through it and in process.
import { performance } from 'node:perf_hooks';
import { fromDist, requireOfProduct } from '../lib/product.mjs';
import { interleaved } from '../lib/stats.mjs';

const STATEMENT = 'SELECT id, slug, brand FROM product WHERE id = ?';
const WARM_UP = 500;

/** Microseconds of single reads, one after the other, by way of reading. */
export async function threadCost(file, { rounds, reads }) {
  const { ReadThreads } = await fromDist('libs/database/src/reads/read-threads');
  const BetterSqlite3 = requireOfProduct('better-sqlite3');
  const database = new BetterSqlite3(file, { readonly: true, fileMustExist: true });
  const threads = new ReadThreads(file, {
    threads: 2,
    waitMs: 10_000,
    limitMs: 10_000,
    onThreadLost: (error) => {
      throw error;
    },
  });
  try {
    const ids = database.prepare('SELECT id FROM product LIMIT 1000').pluck().all();
    const statement = database.prepare(STATEMENT);
    const ways = [
      { name: 'in process', read: (id) => statement.all(id) },
      {
        name: 'worker thread',
        read: (id) => threads.read({ text: STATEMENT, parameters: [id] }),
      },
    ];
    for (const way of ways) await time(way, ids, WARM_UP);
    const samples = await interleaved(rounds, ways, (way) => time(way, ids, reads));
    return new Map([...samples].map(([{ name }, times]) => [name, times.flat()]));
  } finally {
    await threads.close();
    database.close();
  }
}

async function time({ read }, ids, count) {
  const times = [];
  for (let index = 0; index < count; index += 1) {
    const began = performance.now();
    const rows = await read(ids[index % ids.length]);
    times.push((performance.now() - began) * 1_000);
    if (rows.length !== 1) throw new Error('the product is gone');
  }
  return times;
}
