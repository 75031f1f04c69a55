import { Module } from '@nestjs/common';
import { InventoryModelModule } from '#libs/inventory';
import { StoresModelModule } from '#libs/stores';
import { OrderLookup } from '../model/order-lookup.js';
import { OrderTransitionRepository } from '../model/order-transition.repository.js';
import { OrderDirectory } from './order.directory.js';
import { OrderEditor } from './order.editor.js';
import { OrdersStoreDependant } from './orders-store-dependant.js';

/** Orders as the back office works on them. Needs the database and cache modules. */
@Module({
  imports: [InventoryModelModule, StoresModelModule],
  providers: [
    OrderLookup,
    OrderTransitionRepository,
    OrderDirectory,
    OrderEditor,
    OrdersStoreDependant,
  ],
  exports: [OrderDirectory, OrderEditor],
})
export class OrdersAuthoringModule {}
