import { Module } from '@nestjs/common';
import { TellsPersonalData } from '#libs/database';
import { CatalogModule } from '#libs/catalog';
import { PromotionsModule } from '#libs/promotions';
import { StoresModule } from '#libs/stores';
import { CartsModule } from '../storefront/carts.module.js';
import { CartPruner } from './cart.pruner.js';
import { cartsPersonalData } from './carts-personal-data.js';
import { ImaginedCarts } from './trying/imagined-carts.js';
import { PromotionTrials } from './trying/promotion-trials.js';

/** What the back office does about carts: its jobs remove those that have expired, and staff try promotions on them. */
@Module({
  imports: [CartsModule, CatalogModule, PromotionsModule, StoresModule],
  providers: [CartPruner, ImaginedCarts, PromotionTrials],
  exports: [PromotionTrials],
})
@TellsPersonalData(cartsPersonalData)
export class CartsAuthoringModule {}
