import { PriceListEntity } from './price-list.entity.js';
import { PriceEntity } from './price.entity.js';
import { RepricedPriceEntity } from './repriced-price.entity.js';
import { RepricingEntity } from './repricing.entity.js';

/** What the data source must know to write prices. */
export const pricingEntities = [PriceListEntity, PriceEntity, RepricingEntity, RepricedPriceEntity];
