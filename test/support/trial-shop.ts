import type { RunningFleet } from '#libs/testing';
import { createProduct, createStore, type PricedProduct } from './catalog-client.js';
import { FaultTrial } from './fault-trial.js';
import { PriceBook } from './price-book.js';
import { ReplicaClient } from './replica-client.js';
import { StorefrontFleet } from './storefront-fleet.js';

/** The default of CACHE_LEASE_MS: what a replica may be behind at most. */
export const LEASE_MS = 2_000;
const STORE = 'trial';
const CHANGED_PRODUCTS = 24;
const UNTOUCHED_PRODUCTS = 16;

export interface TrialShop {
  readonly staff: ReplicaClient;
  readonly shops: StorefrontFleet;
  readonly book: PriceBook;
  readonly trial: FaultTrial;
}

/** A store with products that change and products that do not, at a fleet whose replicas all hear each other. */
export async function openTrialShop(fleet: RunningFleet): Promise<TrialShop> {
  const staff = await ReplicaClient.signIn(fleet.authoring[0]!.url, fleet.staff);
  await createStore(staff, STORE);
  const products: PricedProduct[] = [];
  for (let index = 0; index < CHANGED_PRODUCTS + UNTOUCHED_PRODUCTS; index += 1) {
    products.push((await createProduct(staff, STORE, `disc-${index}`)).product);
  }
  const untouched = products.splice(CHANGED_PRODUCTS);
  const book = new PriceBook(staff, products);
  const shops = new StorefrontFleet(staff, fleet.commerce);
  const trial = new FaultTrial({
    commerce: fleet.commerce,
    shops,
    book,
    untouched,
    leaseMs: LEASE_MS,
  });
  await shops.allConnected();
  return { staff, shops, book, trial };
}
