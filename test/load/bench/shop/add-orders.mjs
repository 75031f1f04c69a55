// Fills the tables that keep orders; what is pruned (jobs, mails, the log, answers to repeats) does not grow with them.
import { requireOfProduct } from '../lib/product.mjs';
import { orderWriter } from './write-order.mjs';

const BATCH = 5_000;
const PRUNED = /^(job|inbox|mail|invalidation_log|idempoten|audit|notification)/;

export function addOrders(file, template, count) {
  const Database = requireOfProduct('better-sqlite3');
  const database = new Database(file);
  database.pragma('synchronous = OFF');
  database.pragma('foreign_keys = OFF');
  database.pragma('cache_size = -400000');
  const isWanted = (table) => !PRUNED.test(table);
  const write = orderWriter(database, template, { isWanted, hasUpdates: false });
  const writeMany = database.transaction((many) => {
    for (let order = 0; order < many; order += 1) write();
  });
  for (let done = 0; done < count; done += BATCH) writeMany(Math.min(BATCH, count - done));
  database.pragma('wal_checkpoint(TRUNCATE)');
  database.close();
}
