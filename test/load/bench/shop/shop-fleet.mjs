// Commerce replicas on the demo shop, with stock that lasts.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../../../../tools/lib/run.mjs';
import { fromDist, requireOfProduct } from '../lib/product.mjs';
import { startRedis } from '../lib/redis.mjs';
import { GENEROUS_LIMITS } from '../lib/generous-limits.mjs';

const PASSED_ON = ['PATH', 'HOME', 'TMPDIR', 'TZ', 'LANG'];
const LINES = 3;

/** No authoring replica is part of it: what its jobs do costs a shopper nothing. */
export async function startShopFleet(count, envOf = () => ({})) {
  const { startReplicaProcess } = await fromDist('tools/fleet/replica-process');
  const { runBuiltTool } = await fromDist('tools/fleet/one-shot');
  const folder = mkdtempSync(join(tmpdir(), 'lockstep-bench-'));
  const file = join(folder, 'shop.db');
  const redis = await startRedis();
  const env = {
    ...Object.fromEntries(PASSED_ON.map((name) => [name, process.env[name]])),
    NODE_ENV: 'production',
    DATABASE_URL: `sqlite:${file}`,
    ...GENEROUS_LIMITS,
    REDIS_URL: redis.url,
    CHANNEL_PREFIX: 'bench-shop',
    PORT: '0',
  };
  const started = [];
  const stop = async () => {
    for (const replica of started) await replica.stop();
    await redis.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    for (const name of ['migrate', 'seed']) await runBuiltTool({ root: projectRoot, name, env });
    const skus = stockForEver(file);
    for (let index = 0; index < count; index += 1) {
      const own = { ...env, ...envOf(index), REPLICA_ID: `bench-${index}` };
      started.push(startReplicaProcess({ root: projectRoot, role: 'commerce', env: own }));
    }
    const replicas = [];
    for (const replica of started) {
      replicas.push({ url: (await replica.listening).url, pid: replica.pid });
    }
    return { file, redis, replicas, skus, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Answers the SKUs of sets of three that are bought together. */
function stockForEver(file) {
  const Database = requireOfProduct('better-sqlite3');
  const database = new Database(file);
  database.prepare('UPDATE stock_item SET on_hand = 100000000').run();
  const rows = database
    .prepare(
      `SELECT v.sku FROM product_variant v
       JOIN product p ON p.id = v.product_id
       JOIN price r ON r.variant_id = v.id
       JOIN stock_item s ON s.variant_id = v.id
       JOIN store t ON t.id = p.store_id AND t.code = 'main'
       WHERE p.status = 'active' AND v.sku IS NOT NULL
       GROUP BY v.sku ORDER BY v.sku`,
    )
    .all()
    .map(({ sku }) => sku);
  database.close();
  const sets = [];
  for (let at = 0; at + LINES <= rows.length; at += LINES) sets.push(rows.slice(at, at + LINES));
  return sets;
}
