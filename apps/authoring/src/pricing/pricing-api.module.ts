import { Module } from '@nestjs/common';
import { PricingAuthoringModule } from '#authoring/pricing';
import { RepricingController } from './repricing.controller.js';

/** `/repricings`. */
@Module({ imports: [PricingAuthoringModule], controllers: [RepricingController] })
export class PricingApiModule {}
