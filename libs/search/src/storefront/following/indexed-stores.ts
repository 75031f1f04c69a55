import type { AppliedListener } from '#libs/cache';
import type { FollowingPorts } from './following-ports.js';
import { IndexRoom } from './index-room.js';
import { IndexedStore } from './indexed-store.js';
import { namedIn, tagsVoidedWith } from './named-in-tags.js';

/** Indexes of stores by code; each hears of the rows of the log that name something of it. */
export class IndexedStores implements AppliedListener {
  readonly room: IndexRoom;
  private readonly stores = new Map<string, IndexedStore>();

  /** `maxBytes`: what they may take together. */
  constructor(
    private readonly portsOf: (code: string) => FollowingPorts,
    maxBytes: number,
  ) {
    this.room = new IndexRoom(maxBytes, () => this.stores.values());
  }

  get all(): readonly IndexedStore[] {
    return [...this.stores.values()];
  }

  /** The one of the store, which may have to be loaded yet. */
  of(code: string): IndexedStore {
    const known = this.stores.get(code);
    if (known !== undefined) return known;
    const store = new IndexedStore(code, this.portsOf(code), this.room);
    this.stores.set(code, store);
    return store;
  }

  /** The index is no longer kept; searches under way end as they would. */
  forget(code: string): void {
    this.stores.delete(code);
  }

  applied(tags: readonly string[]): readonly string[] {
    // At a start the rows of the last minutes are applied before any store is looked at.
    if (this.stores.size === 0) return [];
    const named = namedIn(tags);
    const voided: string[] = [];
    for (const code of named.storeCodes) this.stores.get(code)?.markStore();
    for (const store of this.stores.values()) {
      // A product that comes into lists is named together with them.
      const isListed = named.listCodes.has(store.code);
      const ids = [...named.kinds.keys()].filter((id) => isListed || store.concerns(id));
      if (ids.length === 0) continue;
      store.mark(ids);
      voided.push(...tagsVoidedWith(store.code, ids, named.kinds));
    }
    return voided;
  }

  cleared(): void {
    for (const store of this.stores.values()) store.markVoid();
  }

  /** For shutting down: what is under way has ended. */
  async settled(): Promise<void> {
    await Promise.all(this.all.map((store) => store.settled()));
  }
}
