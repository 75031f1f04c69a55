import type { StoreSettings } from '#libs/stores';

const vat = { code: 'vat', category: 'standard', validFrom: null, validUntil: null };

/** How the demo shop sells: prices with tax, to three countries, by post or express, and who sells. */
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
        countries: ['DE', 'AT'],
        pricesMinor: { EUR: 1_490 },
        freeFromMinor: {},
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
