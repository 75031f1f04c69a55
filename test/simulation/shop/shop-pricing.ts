import type { SellableReader } from '#libs/catalog';
import type { AvailabilityReader } from '#libs/inventory';
import { PriceOffers, type PriceListReader, type PriceReader } from '#libs/pricing';
import { BuyerSources } from '#libs/promotions';
import type { StoreSettings, StoreSettingsReader } from '#libs/stores';
import { CartPricing } from '../../../libs/carts/src/storefront/cart-pricing.js';
import { CartPrices } from '../../../libs/carts/src/storefront/cart-prices.js';
import { CartPromoting } from '../../../libs/carts/src/storefront/cart-promoting.js';
import { CartShipping } from '../../../libs/carts/src/storefront/cart-shipping.js';
import { preparePromotions } from '../../../libs/promotions/src/model/prepared-promotions.js';
import { PromotionOffers } from '../../../libs/promotions/src/storefront/promotion-offers.js';
import type { PromotionReader } from '../../../libs/promotions/src/storefront/promotion.reader.js';
import type { UseState } from '../../../libs/promotions/src/storefront/use-state.js';
import { TableCarrier } from '../../../libs/stores/src/model/shipping/table-carrier.js';
import { ROWS, type RowName } from '../world/settings.js';
import {
  percentOff,
  priceOf,
  salesSettings,
  sellableOf,
  taxRules,
  type ShopFacts,
} from './shop-facts.js';
import { standIn } from './stand-in.js';

export interface ShopPricing {
  readonly settings: StoreSettingsReader;
  readonly pricing: CartPricing;
}

/** The production pricing of carts, with promotions, on what the rows of the simulation say. */
export function shopPricing(facts: ShopFacts): ShopPricing {
  const settings = standIn<StoreSettingsReader>({
    get: async <Kind extends keyof StoreSettings>(_store: string, kind: Kind) => {
      const read: Partial<StoreSettings> =
        kind === 'tax'
          ? { tax: taxRules(await facts.tax()) }
          : { sales: salesSettings(await facts.sales()) };
      return read[kind] as StoreSettings[Kind];
    },
  });
  const sellables = standIn<SellableReader>({
    list: async (_sight, ids) => {
      const found = await Promise.all(ids.map(async (id) => facts.product(rowOf(id))));
      return new Map(
        found.flatMap((fact) => sellableOf(fact) ?? []).map((each) => [each.variantId, each]),
      );
    },
  });
  const prices = standIn<PriceReader>({
    list: (_focus, ids) =>
      Promise.all(ids.map(async (id) => ({ [id]: priceOf(await facts.price(rowOf(id))) }))),
  });
  const lists = standIn<PriceListReader>({ list: () => Promise.resolve([]) });
  const availability = standIn<AvailabilityReader>({
    list: (ids) => Promise.resolve(ids.map((id) => ({ [id]: 'in-stock' as const }))),
  });
  const promotions = standIn<PromotionReader>({
    list: async () => preparePromotions([percentOff(await facts.promotions())]),
  });
  const uses = standIn<UseState>({
    couponsOf: () => Promise.resolve(new Map()),
    usedUp: () => Promise.resolve(new Map()),
  });
  const promoting = new CartPromoting(new PromotionOffers(promotions, uses), sellables);
  return {
    settings,
    pricing: new CartPricing(
      settings,
      sellables,
      new CartPrices(new PriceOffers(prices, lists), new BuyerSources()),
      availability,
      promoting,
      new CartShipping(new TableCarrier()),
    ),
  };
}

function rowOf(id: string): RowName {
  const row = ROWS.find((each) => each === id);
  if (row === undefined) throw new RangeError(`no row ${id}`);
  return row;
}
