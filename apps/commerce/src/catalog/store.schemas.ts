import { z } from 'zod';

export const storeAnswer = z.object({
  code: z.string(),
  name: z.string(),
  currencies: z.array(z.string()),
  locales: z.array(z.string()),
  defaultCurrency: z.string(),
  defaultLocale: z.string(),
});
