import { Injectable } from '@nestjs/common';
import { SqlReader } from '#libs/database';
import { StoreLookup } from '#libs/stores';
import type { Repricing, RepricingOutcome } from '../../model/repricing.js';
import {
  RepricedPriceRepository,
  type RepricedPlace,
  type RepricedPrice,
} from './repriced-price.repository.js';
import { RepricingRepository, type RepricingPlace } from './repricing.repository.js';

/** What the back office sees of bulk changes of prices. */
@Injectable()
export class RepricingDirectory {
  constructor(
    private readonly database: SqlReader,
    private readonly stores: StoreLookup,
    private readonly repricings: RepricingRepository,
    private readonly repriced: RepricedPriceRepository,
  ) {}

  /** Newest first. Throws `catalog.store-not-found`. */
  async list(
    storeCode: string,
    before: RepricingPlace | undefined,
    limit: number,
  ): Promise<Repricing[]> {
    await this.stores.getByCode(this.database, storeCode);
    return this.repricings.list(this.database, storeCode, before, limit);
  }

  /** Throws `pricing.repricing-not-found`, also for another store's. */
  get(storeCode: string, id: string): Promise<Repricing> {
    return this.repricings.getOfStore(this.database, storeCode, id);
  }

  /** What it did, price by price. Throws `pricing.repricing-not-found`. */
  async listPrices(
    address: { readonly storeCode: string; readonly id: string },
    outcome: RepricingOutcome | undefined,
    behind: RepricedPlace | undefined,
    limit: number,
  ): Promise<RepricedPrice[]> {
    const { id } = await this.get(address.storeCode, address.id);
    return this.repriced.list(this.database, id, outcome, behind, limit);
  }
}
