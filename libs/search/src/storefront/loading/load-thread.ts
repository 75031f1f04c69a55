// The entry of a worker thread: it reads products of a SQLite file by itself, on a connection of its own, and makes an index of them.
import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import { PublishedProductViewRepository } from '#libs/catalog';
import { FileReads, SqlReader } from '#libs/database';
import { BestAvailabilityViewRepository } from '#libs/inventory';
import { OfferedPriceViewRepository } from '#libs/pricing';
import { StoreLookup } from '#libs/stores';
import { TellingBuilder } from '../building/telling-builder.js';
import { CatalogIndexSource } from '../following/catalog-index-source.js';
import type { LoadThreadData } from './load-protocol.js';

/** Few, so that little is garbage at a time. */
const PAGE_SIZE = 250;

const { file, store, range, languages } = workerData as LoadThreadData;
const reader = new SqlReader(new FileReads(file), 'sqlite');
const source = new CatalogIndexSource(
  reader,
  new StoreLookup(),
  new PublishedProductViewRepository(reader),
  new OfferedPriceViewRepository(reader),
  new BestAvailabilityViewRepository(reader),
);
// It says its first word when the driver has loaded its binary, with the connection above.
const builder = new TellingBuilder(parentPort as MessagePort, languages);
let { afterId } = range;

async function goOn(): Promise<void> {
  const products = await source.pageOf(store, { ...range, afterId }, PAGE_SIZE);
  const last = products.at(-1);
  builder.add(products);
  if (last === undefined || products.length < PAGE_SIZE) return builder.finish();
  afterId = last.id;
  builder.tellBytes();
}

// What it throws ends the thread, and is told to who waits for it.
parentPort?.on('message', () => void goOn());
