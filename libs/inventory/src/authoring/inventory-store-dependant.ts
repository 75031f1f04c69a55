import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Transaction } from '#libs/database';
import { StoreDependants, type Store, type StoreDependant } from '#libs/stores';
import { LocationRepository } from './location.repository.js';

/** Locations go with their store; what keeps a store are the products that are in stock. */
@Injectable()
export class InventoryStoreDependant implements StoreDependant, OnModuleInit {
  constructor(
    private readonly dependants: StoreDependants,
    private readonly locations: LocationRepository,
  ) {}

  onModuleInit(): void {
    this.dependants.register(this);
  }

  removeRowsOf(tx: Transaction, { id }: Store): Promise<void> {
    return this.locations.removeAll(tx, id);
  }
}
