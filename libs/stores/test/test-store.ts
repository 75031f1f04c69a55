import { newId } from '#libs/kernel';
import type { Store } from '../src/model/store.js';

/** A store of its own for one test; tests never share rows, so the database may be shared. */
export function testStore(changes: Partial<Store> = {}): Store {
  const id = newId();
  return {
    id,
    code: `store-${id.slice(-12)}`,
    name: 'Test store',
    currencies: ['EUR', 'USD'],
    locales: ['en', 'de'],
    defaultCurrency: 'EUR',
    defaultLocale: 'en',
    version: 1,
    createdAt: 0,
    updatedAt: 0,
    ...changes,
  };
}
