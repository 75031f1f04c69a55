// The product: its own modules, composed by Nest as in a replica, from dist/.
import { Test } from '@nestjs/testing';
import { fromDist } from '../lib/product.mjs';
import { machineMs, waitFor } from '../lib/time.mjs';

const TTL_MS = 3_600_000;
const READY_WITHIN_MS = 20_000;
const tagOf = (key) => `item:${key}`;
const keyOfTag = (tag) => tag.slice('item:'.length);

/**
 * A log that never has anything to add, so that only the fast path is at work: what is announced is decoded and applied, no commit is
 * paid for.
 */
const silentLog = {
  readAfter: (position) => Promise.resolve({ records: [], prunedTo: 0, last: position }),
  settledPosition: () => Promise.resolve(0),
};

/** `log`: `sql` is the product; `none` is its fast path alone, for the comparison with other fast paths. */
export async function openLockstep(context) {
  const { load, removed, maxEntries, log = 'sql', isOneCommitPerKey = false } = context;
  const { Coherence } = await fromDist('libs/cache/src/core/following/coherence');
  const { CoherentCache, textKey } = await fromDist('libs/cache/src/index');
  const { sql, UnitOfWork } = await fromDist('libs/database/src/index');
  const app = await compose(context, log);
  const unitOfWork = app.get(UnitOfWork);
  const announce = interceptListeners(unitOfWork);
  const coherence = app.get(Coherence);
  const apply = coherence.apply.bind(coherence);
  coherence.apply = (tags) => {
    apply(tags);
    removed(tags, keyOfTag);
  };
  await app.init();
  let readers = 0;
  const newReader = () =>
    app.get(CoherentCache).reader({
      name: `bench-${(readers += 1)}`,
      key: textKey,
      tags: (key) => [tagOf(key)],
      load,
      ttlMs: TTL_MS,
      maxEntries,
    });
  const reader = newReader();
  const status = await connected(app);

  let position = 0;
  const announceOnly = (tags) => announce({ position: (position += 1), tags });
  const commit = (keys) =>
    unitOfWork.run(async (tx) => {
      for (const key of keys) {
        await tx.execute(
          sql`UPDATE bench_item SET version = version + 1, written_at = ${machineMs()} WHERE id = ${key}`,
        );
      }
      tx.invalidate(...keys.map(tagOf));
    });
  const invalidate = (keys) => {
    if (log === 'sql') return unitOfWork.run(async (tx) => tx.invalidate(...keys.map(tagOf)));
    if (isOneCommitPerKey) for (const key of keys) announceOnly([tagOf(key)]);
    else announceOnly(keys.map(tagOf));
    return undefined;
  };
  return {
    newReader,
    reader,
    read: (key) => reader.get(key),
    hold: async (entries) => {
      for (const [key] of entries) await reader.get(key);
    },
    invalidate,
    // The rows and the invalidation are one commit; elsewhere they are two steps.
    write: log === 'sql' ? commit : undefined,
    /** Invalidations that were left to the log since the start; without a log they count as lost. */
    leftToTheLog: () => status.snapshot().published.dropped,
    close: () => app.close(),
  };
}

async function compose({ redisUrl, databaseFile, channel, replica }, log) {
  const { ConfigModule, loadConfig } = await fromDist('libs/config/src/index');
  const { ObservabilityModule } = await fromDist('libs/observability/src/index');
  const { RedisModule } = await fromDist('libs/redis/src/index');
  const { DatabaseModule } = await fromDist('libs/database/src/index');
  const { CacheModule } = await fromDist('libs/cache/src/index');
  const { LOG_SOURCE } = await fromDist('libs/cache/src/core/following/log-source');
  const environment = {
    REDIS_URL: redisUrl,
    DATABASE_URL: `sqlite:${databaseFile}`,
    CHANNEL_PREFIX: channel,
    REPLICA_ID: replica,
    LOG_LEVEL: 'fatal',
  };
  const modules = [
    ConfigModule.forConfig(loadConfig(environment, 'commerce')),
    ObservabilityModule,
    RedisModule,
    DatabaseModule.forRoot({ isMigrating: true }),
    CacheModule,
  ];
  let builder = Test.createTestingModule({ imports: modules });
  if (log === 'none') builder = builder.overrideProvider(LOG_SOURCE).useValue(silentLog);
  return builder.compile();
}

/** Whoever listens to commits from now on also hears what the returned function is given. */
function interceptListeners(unitOfWork) {
  const listeners = [];
  const onCommit = unitOfWork.onCommit.bind(unitOfWork);
  unitOfWork.onCommit = (listener) => {
    listeners.push(listener);
    return onCommit(listener);
  };
  return ({ position, tags }) => {
    const commit = { position, tags, committedAt: Date.now(), jobs: [], notifications: [] };
    for (const listener of listeners) listener(commit);
  };
}

async function connected(app) {
  const { CacheStatus } = await fromDist('libs/cache/src/index');
  const status = app.get(CacheStatus);
  const isReady = await waitFor(() => {
    const { backplane, leaseAgeMs } = status.snapshot();
    return backplane === 'connected' && leaseAgeMs !== undefined ? true : undefined;
  }, READY_WITHIN_MS);
  if (isReady !== true) throw new Error('the cache did not become ready');
  return status;
}
