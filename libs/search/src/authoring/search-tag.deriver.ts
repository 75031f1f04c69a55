import { Injectable } from '@nestjs/common';
import { TagDeriver, type DerivesTags } from '#authoring/cdn';
import { PublishedProductViewRepository } from '#libs/catalog';
import { PrimaryReader } from '#libs/database';
import { StoreLookup } from '#libs/stores';
import { namedIn, tagsVoidedWith } from '../storefront/following/named-in-tags.js';

/** The tags of lists that the index of each replica voids by itself, for caches that have no index. */
@Injectable()
@TagDeriver('search')
export class SearchTagDeriver implements DerivesTags {
  constructor(
    private readonly database: PrimaryReader,
    private readonly stores: StoreLookup,
    private readonly products: PublishedProductViewRepository,
  ) {}

  async derive(tags: readonly string[]): Promise<readonly string[]> {
    const { kinds, listCodes } = namedIn(tags);
    if (kinds.size === 0) return [];
    const codes = await this.codesOf([...kinds.keys()]);
    return [...new Set([...codes.values(), ...listCodes])].flatMap((storeCode) => {
      // A product that is gone was of one of the stores whose lists are named along with it.
      const ids = [...kinds.keys()].filter((id) => (codes.get(id) ?? storeCode) === storeCode);
      return tagsVoidedWith(storeCode, ids, kinds);
    });
  }

  /** The store of each product that is there. */
  private async codesOf(productIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const storeIds = await this.products.storeIdsOf(productIds);
    const codes = new Map<string, string>();
    for (const storeId of new Set(storeIds.values())) {
      const store = await this.stores.findById(this.database, storeId);
      if (store !== undefined) codes.set(storeId, store.code);
    }
    return new Map(
      [...storeIds].flatMap(([id, storeId]) => {
        const code = codes.get(storeId);
        return code === undefined ? [] : [[id, code] as const];
      }),
    );
  }
}
