import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '#libs/database';
import { staleVersion } from '#libs/kernel';
import { StoreLookup } from '#libs/stores';
import { inventoryErrors } from '../model/inventory.errors.js';
import { inventoryTags } from '../model/inventory.tags.js';
import { locationBreaches, type LocationContent } from '../model/stock-movement.js';
import { LocationRepository, type StoredLocation } from './location.repository.js';

/** Locations, as the back office adds and changes them; one unit of work each, audited. */
@Injectable()
export class LocationEditor {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly stores: StoreLookup,
    private readonly locations: LocationRepository,
  ) {}

  /** Nothing is sold from it yet. Throws `catalog.store-not-found`, `inventory.location-invalid`, `inventory.location-taken`. */
  create(
    storeCode: string,
    { code, name }: Pick<StoredLocation, 'code' | 'name'>,
  ): Promise<StoredLocation> {
    const content = { name, salePriority: null };
    const errors = locationBreaches(code, content);
    return this.unitOfWork.run(async (tx) => {
      const { id } = await this.stores.getByCode(tx, storeCode);
      if (errors.length > 0) throw inventoryErrors.locationInvalid({ details: { errors } });
      if (!(await this.locations.tryAdd(tx, id, { code, name }))) {
        throw inventoryErrors.locationTaken();
      }
      tx.audit({
        action: 'inventory:location:create',
        entity: 'location',
        entityId: code,
        after: { store: storeCode, code, name },
      });
      return { code, ...content, version: 1 };
    });
  }

  /**
   * Based on a version (`http.stale-version`). When it is sold from and was not, or the other way round, what shoppers see of
   * each product is void of which it has something; what orders have taken there is theirs. What changes nothing writes nothing.
   * Throws `catalog.store-not-found`, `inventory.location-invalid`, `inventory.location-not-found`.
   */
  update(
    { storeCode, code }: { readonly storeCode: string; readonly code: string },
    version: number,
    { name, salePriority }: LocationContent,
  ): Promise<StoredLocation> {
    const content = { name, salePriority };
    const errors = locationBreaches(code, content);
    return this.unitOfWork.run(async (tx) => {
      const { id: storeId } = await this.stores.getByCode(tx, storeCode);
      const before = await this.locations.find(tx, storeId, code);
      if (before === undefined) throw inventoryErrors.locationNotFound({ details: { code } });
      if (before.version !== version) throw staleVersion(before.version);
      if (errors.length > 0) throw inventoryErrors.locationInvalid({ details: { errors } });
      if (before.name === name && before.salePriority === salePriority) {
        return { code, ...content, version };
      }
      await this.locations.update(tx, before, content);
      const isAnotherSeen = (before.salePriority === null) !== (salePriority === null);
      const productIds = isAnotherSeen ? await this.locations.listAvailable(tx, before) : [];
      for (const productId of productIds) tx.invalidate(inventoryTags.availability(productId));
      tx.audit({
        action: 'inventory:location:update',
        entity: 'location',
        entityId: code,
        before: { store: storeCode, name: before.name, salePriority: before.salePriority },
        after: { store: storeCode, ...content },
      });
      return { code, ...content, version: version + 1 };
    });
  }
}
