import { Module } from '@nestjs/common';
import { PricingAuthoringModule } from '#authoring/pricing';
import { PriceListController } from './price-list.controller.js';
import { RepricingController } from './repricing.controller.js';

/** `/price-lists`, `/repricings`. */
@Module({
  imports: [PricingAuthoringModule],
  controllers: [PriceListController, RepricingController],
})
export class PricingApiModule {}
