import { expect, it, jest } from '@jest/globals';
import { setImmediate } from 'node:timers/promises';
import { deferred } from '#libs/kernel';
import { HealthRegistry } from '#libs/observability';
import { CatalogMemoryModule } from './catalog-memory.module.js';
import type { ProductRecords } from './product-records.js';

function open() {
  const health = new HealthRegistry();
  const isLoaded = deferred<void>();
  health.requireReady('search', () => isLoaded.promise);
  const start = jest.fn();
  const stop = jest.fn();
  // Sound because the module uses nothing else of them.
  const records = { start, stop } as unknown as ProductRecords;
  return { module: new CatalogMemoryModule(records, health), isLoaded, start, stop };
}

it('holds no products before the replica can be given traffic', async () => {
  const { module, isLoaded, start } = open();
  module.onApplicationBootstrap();
  await setImmediate();
  expect(start).not.toHaveBeenCalled();
  isLoaded.resolve();
  await setImmediate();
  expect(start).toHaveBeenCalledTimes(1);
});

it('begins nothing once the replica stops', async () => {
  const { module, isLoaded, start, stop } = open();
  module.onApplicationBootstrap();
  module.beforeApplicationShutdown();
  expect(stop).toHaveBeenCalledTimes(1);
  isLoaded.resolve();
  await setImmediate();
  expect(start).not.toHaveBeenCalled();
});
