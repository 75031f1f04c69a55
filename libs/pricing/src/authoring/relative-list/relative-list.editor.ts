import { Injectable } from '@nestjs/common';
import { DatabaseClock, UnitOfWork, type Transaction } from '#libs/database';
import { newId, staleVersion } from '#libs/kernel';
import { StoreLookup, type Store } from '#libs/stores';
import { pricingErrors } from '../../model/pricing.errors.js';
import { pricingTags } from '../../model/pricing.tags.js';
import { loadRelativeLists } from '../../model/relative-list-rows.js';
import {
  relativeListBreaches,
  relativeListLimits,
  type RelativeList,
  type RelativeListContent,
} from '../../model/relative-list.js';
import { RelativeListRepository } from './relative-list.repository.js';

/** Names one list the way callers may: an id counts only within the store. */
export interface RelativeListAddress {
  readonly storeCode: string;
  readonly id: string;
}

/**
 * Relative lists, as the back office changes them; one unit of work each, audited, and one at a time in a
 * store. Carts are priced by another list on every replica as soon as it is committed.
 */
@Injectable()
export class RelativeListEditor {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: DatabaseClock,
    private readonly stores: StoreLookup,
    private readonly lists: RelativeListRepository,
  ) {}

  /** Throws `catalog.store-not-found`, `pricing.list-invalid`, `pricing.list-taken`, `pricing.too-many-lists`. */
  create(storeCode: string, content: RelativeListContent): Promise<RelativeList> {
    return this.unitOfWork.run(async (tx) => {
      const { store, lists } = await this.open(tx, storeCode);
      assertRules(content, store, lists);
      if (lists.length >= relativeListLimits.lists) {
        throw pricingErrors.tooManyLists({ details: { limit: relativeListLimits.lists } });
      }
      const now = this.clock.wallMs();
      const record = { id: newId(), storeId: store.id, version: 1, createdAt: now, updatedAt: now };
      const list = { ...content, ...record };
      await this.lists.insert(tx, list);
      tell(tx, list, { action: 'pricing:list:create', after: list });
      return list;
    });
  }

  /**
   * Throws `catalog.store-not-found`, `pricing.list-not-found`, `pricing.list-invalid`,
   * `pricing.list-taken`, `http.stale-version`.
   */
  replace(
    { storeCode, id }: RelativeListAddress,
    version: number,
    content: RelativeListContent,
  ): Promise<RelativeList> {
    return this.unitOfWork.run(async (tx) => {
      const { store, lists } = await this.open(tx, storeCode);
      const before = inVersion(lists, id, version);
      const others = lists.filter((each) => each !== before);
      assertRules(content, store, others);
      const changed = { ...before, ...content };
      if (JSON.stringify(changed) === JSON.stringify(before)) return before;
      const after = { ...changed, version: version + 1, updatedAt: this.clock.wallMs() };
      if (!(await this.lists.update(tx, after))) throw staleVersion(version + 1);
      tell(tx, after, { action: 'pricing:list:update', before, after });
      return after;
    });
  }

  /** Throws `catalog.store-not-found`, `pricing.list-not-found`, `http.stale-version`. */
  async remove({ storeCode, id }: RelativeListAddress, version: number): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const before = inVersion((await this.open(tx, storeCode)).lists, id, version);
      if (!(await this.lists.remove(tx, before))) throw staleVersion(version + 1);
      tell(tx, before, { action: 'pricing:list:delete', before });
    });
  }

  private async open(
    tx: Transaction,
    storeCode: string,
  ): Promise<{ readonly store: Store; readonly lists: RelativeList[] }> {
    const store = await this.stores.getByCode(tx, storeCode);
    await tx.lock(`price-lists:${store.id}`);
    return { store, lists: await loadRelativeLists(tx, store.id) };
  }
}

function inVersion(lists: readonly RelativeList[], id: string, version: number): RelativeList {
  const found = lists.find((each) => each.id === id);
  if (found === undefined) throw pricingErrors.listNotFound({ details: { id } });
  if (found.version !== version) throw staleVersion(found.version);
  return found;
}

function assertRules(
  content: RelativeListContent,
  { currencies }: Store,
  others: readonly RelativeList[],
): void {
  const errors = relativeListBreaches(content, currencies);
  if (errors.length > 0) throw pricingErrors.listInvalid({ details: { errors } });
  for (const { code, currency, priority } of others) {
    if (code === content.code) throw pricingErrors.listTaken({ details: { code } });
    if (currency !== content.currency || priority !== content.priority) continue;
    throw pricingErrors.listTaken({ details: { currency, priority, list: code } });
  }
}

function tell(
  tx: Transaction,
  { id, storeId }: RelativeList,
  entry: { readonly action: string; readonly before?: RelativeList; readonly after?: RelativeList },
): void {
  tx.invalidate(pricingTags.lists(storeId));
  tx.audit({ entity: 'price-list', entityId: id, ...entry });
}
