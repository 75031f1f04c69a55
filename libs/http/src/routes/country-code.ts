import { z } from 'zod';
import { COUNTRY_CODE } from '#libs/kernel';

/** A country as clients name it. */
export const countryCode = z.string().regex(COUNTRY_CODE, 'ISO 3166-1, such as DE');
