import type { StockAnswer } from '../../apps/authoring/src/catalog/product.schemas.js';
import type { OrderAnswer } from '../../apps/commerce/src/orders/order.schemas.js';
import { multiplyRounded } from '#libs/kernel';
import { calculateTotals } from '../../libs/carts/src/model/totals/calculate-totals.js';
import { setPrice } from './catalog-client.js';
import { createPromotion, patchPromotion } from './promotion-client.js';
import type { ReplicaClient } from './replica-client.js';
import { taxRules, type Ware } from './shop-client.js';
import { ifMatch } from './staff-accounts.js';

const MILLION = 1_000_000;
const SHIPPING_MINOR = 490;

/** Changes in each round the price, the tax rate, the promotion (which is named by its per cent) and the stock. */
export async function changingShop(
  staff: ReplicaClient,
  { store, productId, variantId }: Ware,
): Promise<(round: number) => Promise<void>> {
  let priced = { store, id: productId, variantId, slug: 'moves', version: 1, priceVersion: 1 };
  let promotion = await createPromotion(staff, store, promotionOf(0));
  const stockPath = `/products/${productId}/variants/${variantId}/stock?store=${store}`;
  return async (round) => {
    priced = (await setPrice(staff, priced, 1_000 + (round % 7) * 131)).product;
    promotion = (await patchPromotion(staff, store, promotion, promotionOf(round))).body;
    await staff.expect(200, 'PUT', `/stores/${store}/tax-rules`, {
      headers: ifMatch(round),
      body: taxRules(190_000 + (round % 5) * 10_000),
    });
    const { body: stock } = await staff.expect<StockAnswer>(200, 'GET', stockPath);
    // Refused when something was sold meanwhile.
    await staff.call('PUT', stockPath, {
      headers: ifMatch(stock.version),
      body: { onHand: round % 2 === 0 ? 4_000 : 3_000 },
    });
  };
}

function promotionOf(round: number) {
  const percentPpm = 50_000 + (round % 6) * 10_000;
  return {
    name: String(percentPpm),
    reward: { kind: 'percent', percentPpm, items: { kind: 'all' } },
  };
}

/** The amounts of an order of one line. */
export function amountsOf({ subtotal, discount, shipping, tax, total }: OrderAnswer) {
  return [subtotal, discount, shipping, tax, total].map(({ amount }) => amount);
}

/** The same, worked out anew of the price, the rate and the promotion that the order names. */
export function recalculated({ items, taxes, promotions, total }: OrderAnswer) {
  const [item] = items;
  const [promotion] = promotions;
  if (item === undefined || promotion === undefined) throw new Error('an order without an item');
  const { quantity } = item;
  const unitPriceMinor = item.unitPrice.amount;
  const taxRates = taxes.map(({ code, name, ratePpm }) => ({ code, name, ratePpm }));
  const amountMinor = multiplyRounded(quantity * unitPriceMinor, Number(promotion.name), MILLION);
  const totals = calculateTotals({
    currency: total.currency,
    pricesIncludeTax: true,
    lines: [{ lineId: 'line', quantity, unitPriceMinor, taxRates }],
    discounts: [
      { promotion: promotion.id, allocations: [{ lineId: 'line', amountMinor }], shippingMinor: 0 },
    ],
    shipping: { method: 'post', priceMinor: SHIPPING_MINOR, taxRates },
  });
  const { subtotalMinor, discountMinor, shippingMinor, taxMinor, totalMinor } = totals;
  return [subtotalMinor, discountMinor, shippingMinor, taxMinor, totalMinor];
}
