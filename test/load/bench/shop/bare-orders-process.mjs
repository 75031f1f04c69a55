// The bare technique: the rows of an order by prepared statements, one transaction each, nothing around it.
import { pin } from '../http/pinning.mjs';
import { answerOnce } from '../lib/process-task.mjs';
import { requireOfProduct } from '../lib/product.mjs';
import { cpuMs, machineMs } from '../lib/time.mjs';
import { orderWriter } from './write-order.mjs';

answerOnce(async ({ file, orders, core, template }) => {
  if (core !== undefined) await pin(process.pid, core);
  const Database = requireOfProduct('better-sqlite3');
  const database = new Database(file);
  database.pragma('synchronous = FULL');
  // The carts of the copies are not there.
  database.pragma('foreign_keys = OFF');
  const write = database.transaction(orderWriter(database, template)).immediate;
  for (let order = 0; order < 100; order += 1) write();
  const [cpuBefore, began] = [cpuMs(), machineMs()];
  for (let order = 0; order < orders; order += 1) write();
  const figures = { done: orders, cpuMs: cpuMs() - cpuBefore, tookMs: machineMs() - began };
  database.close();
  return figures;
});
