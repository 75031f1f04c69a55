import { z } from 'zod';
import { countryCode } from './country-code.js';
import { plainText } from './plain-text.js';

const optionalText = (maxLength: number) => plainText(maxLength).nullable().default(null);

/** An address as clients send it: of a buyer, or of a place where orders are fetched. */
export const addressBody = z.strictObject({
  name: plainText(200),
  company: optionalText(200),
  street: plainText(200),
  street2: optionalText(200),
  postalCode: plainText(20),
  city: plainText(100),
  region: z
    .string()
    .regex(/^[A-Z0-9]{1,3}$/, 'The second part of an ISO 3166-2 code, such as CA')
    .nullable()
    .default(null),
  country: countryCode,
  phone: optionalText(40),
});
