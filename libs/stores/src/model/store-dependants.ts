import { Injectable } from '@nestjs/common';
import type { Transaction } from '#libs/database';
import type { Store } from './store.js';

/** What a slice with rows of a store has to say when the store changes; what it leaves out, it has nothing to say about. */
export interface StoreDependant {
  /** Whether the store must stay, because rows of it are left. */
  hasRowsOf?(tx: Transaction, store: Store): Promise<boolean>;
  /** Whether anything may use what `after` no longer has: a language, a currency, the default language. */
  usesWhatIsLost?(tx: Transaction, before: Store, after: Store): Promise<boolean>;
  /** Takes away what is left of a store that goes and that no slice keeps. */
  removeRowsOf?(tx: Transaction, store: Store): Promise<void>;
}

/**
 * The slices that have rows of stores. Each registers itself when its modules start, so that stores
 * name no table of another slice.
 */
@Injectable()
export class StoreDependants {
  private readonly all: StoreDependant[] = [];

  register(dependant: StoreDependant): void {
    this.all.push(dependant);
  }

  async haveRowsOf(tx: Transaction, store: Store): Promise<boolean> {
    for (const each of this.all) if (await each.hasRowsOf?.(tx, store)) return true;
    return false;
  }

  async useWhatIsLost(tx: Transaction, before: Store, after: Store): Promise<boolean> {
    for (const each of this.all) if (await each.usesWhatIsLost?.(tx, before, after)) return true;
    return false;
  }

  async removeRowsOf(tx: Transaction, store: Store): Promise<void> {
    for (const each of this.all) await each.removeRowsOf?.(tx, store);
  }
}
