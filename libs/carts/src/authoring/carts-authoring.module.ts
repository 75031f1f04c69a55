import { Module } from '@nestjs/common';
import { TellsPersonalData } from '#libs/database';
import { InventoryModelModule } from '#libs/inventory';
import { StoresModule } from '#libs/stores';
import { CartsModule } from '../storefront/carts.module.js';
import { CartPruner } from './cart.pruner.js';
import { cartsPersonalData } from './carts-personal-data.js';
import { PromotionTrials } from './trying/promotion-trials.js';

/** What the back office does about carts: its jobs remove those that have expired, and staff try promotions on them. */
@Module({
  imports: [CartsModule, InventoryModelModule, StoresModule],
  providers: [CartPruner, PromotionTrials],
  exports: [PromotionTrials],
})
@TellsPersonalData(cartsPersonalData)
export class CartsAuthoringModule {}
