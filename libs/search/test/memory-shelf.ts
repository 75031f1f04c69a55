import type { KeptIndex } from '../src/model/file/index-file.js';
import { traitsOf } from '../src/storefront/following/index-source.js';
import type { IndexShelf, ShelvedStore } from '../src/storefront/keeping/index-shelf.js';

/** A shelf without a disk: what is put there is there as it was. */
export class MemoryShelf implements IndexShelf {
  readonly kept = new Map<string, KeptIndex>();
  isYoung = false;
  failure: Error | undefined;

  async find(store: ShelvedStore): Promise<KeptIndex | undefined> {
    if (this.failure !== undefined) throw this.failure;
    return this.kept.get(nameOf(store));
  }

  async hasYoungerThan(_ms: number, store: ShelvedStore): Promise<boolean> {
    return this.isYoung && this.kept.has(nameOf(store));
  }

  async put(store: ShelvedStore, kept: KeptIndex): Promise<void> {
    if (this.failure !== undefined) throw this.failure;
    this.kept.set(nameOf(store), kept);
  }

  async remove(store: ShelvedStore): Promise<void> {
    this.kept.delete(nameOf(store));
  }
}

function nameOf(store: ShelvedStore): string {
  return `${store.code} ${traitsOf(store)}`;
}
