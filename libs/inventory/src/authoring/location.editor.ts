import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '#libs/database';
import { StoreLookup } from '#libs/stores';
import { inventoryErrors } from '../model/inventory.errors.js';
import { locationBreaches } from '../model/stock-movement.js';
import { LocationRepository, type StoredLocation } from './location.repository.js';

/** Locations, as the back office adds them. */
@Injectable()
export class LocationEditor {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly stores: StoreLookup,
    private readonly locations: LocationRepository,
  ) {}

  /** Throws `catalog.store-not-found`, `inventory.location-invalid`, `inventory.location-taken`. */
  create(storeCode: string, content: StoredLocation): Promise<StoredLocation> {
    const errors = locationBreaches(content);
    return this.unitOfWork.run(async (tx) => {
      const { id } = await this.stores.getByCode(tx, storeCode);
      if (errors.length > 0) throw inventoryErrors.locationInvalid({ details: { errors } });
      if (!(await this.locations.tryAdd(tx, id, content))) throw inventoryErrors.locationTaken();
      tx.audit({
        action: 'inventory:location:create',
        entity: 'location',
        entityId: content.code,
        after: { store: storeCode, ...content },
      });
      return content;
    });
  }
}
