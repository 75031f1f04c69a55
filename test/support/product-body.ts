/** The body of a product with two variants, of which the first has a price and a stock. */
export const productBody = (store: string, name: string) => ({
  store,
  status: 'active',
  brand: 'Acme',
  texts: { en: { name } },
  options: ['Axle'],
  variants: [
    {
      sku: `${name}-F`,
      optionValues: ['Front'],
      prices: [{ currency: 'EUR', amount: 1_000 }],
      stock: { onHand: 3 },
    },
    { sku: `${name}-R`, optionValues: ['Rear'] },
  ],
});
