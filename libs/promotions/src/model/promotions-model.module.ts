import { Module } from '@nestjs/common';
import { BuyerSources } from './buyer-sources.js';
import { PromotionUses } from './promotion-uses.js';

/** What other slices need of promotions when they sell, or undo a sale, and what they may say of buyers. */
@Module({ providers: [BuyerSources, PromotionUses], exports: [BuyerSources, PromotionUses] })
export class PromotionsModelModule {}
