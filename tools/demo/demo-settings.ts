import type { StoreSettings } from '#libs/stores';

const vat = { code: 'vat', category: 'standard', validFrom: null, validUntil: null };

/** How the demo shop sells: prices with tax, to three countries, by post, express (by weight) or fetched, and who sells. */
export const demoSettings: StoreSettings = {
  tax: {
    pricesIncludeTax: true,
    defaultCountry: 'DE',
    categories: ['standard'],
    zones: [
      { code: 'de', name: 'Germany', areas: ['DE'] },
      { code: 'at', name: 'Austria', areas: ['AT'] },
    ],
    rates: [
      { ...vat, zone: 'de', name: 'MwSt. 19 %', ratePpm: 190_000 },
      { ...vat, zone: 'at', name: 'USt. 20 %', ratePpm: 200_000 },
    ],
  },
  sales: {
    orderNumberPrefix: 'LS-',
    allowedCountries: ['DE', 'AT', 'US'],
    shippingMethods: [
      {
        code: 'post',
        name: 'Post',
        countries: [],
        pricesMinor: { EUR: 490, USD: 590 },
        freeFromMinor: { EUR: 10_000, USD: 12_000 },
      },
      {
        code: 'express',
        name: 'Express',
        countries: [],
        pricesMinor: {},
        freeFromMinor: {},
        rates: {
          by: 'weight',
          zones: [
            {
              name: 'Berlin, the same day',
              areas: [{ country: 'DE', postalCodes: { from: '10', to: '14' } }],
              rows: { EUR: [{ upTo: 20_000, priceMinor: 990 }] },
            },
            {
              name: 'Germany and Austria',
              areas: [
                { country: 'DE', postalCodes: null },
                { country: 'AT', postalCodes: null },
              ],
              rows: {
                EUR: [
                  { upTo: 5_000, priceMinor: 1_490 },
                  { upTo: 31_500, priceMinor: 2_490 },
                ],
              },
            },
          ],
        },
        carrier: { name: 'Demo Express', trackingUrl: 'https://track.example/parcels/{number}' },
      },
      {
        code: 'pick-up',
        name: 'Fetched in Berlin',
        countries: [],
        pricesMinor: {},
        freeFromMinor: {},
        pickUp: {
          location: 'main',
          address: {
            name: 'Lockstep Demo',
            company: null,
            street: 'Musterstraße 1',
            street2: null,
            postalCode: '10115',
            city: 'Berlin',
            region: null,
            country: 'DE',
            phone: null,
          },
        },
      },
    ],
  },
  invoicing: {
    sellerLines: ['Lockstep Demo GmbH', 'Musterstraße 1', '10115 Berlin'],
    taxId: 'DE000000000',
    footerLines: ['This shop sells nothing.'],
    invoicePrefix: 'INV-',
    creditNotePrefix: 'CN-',
  },
};
