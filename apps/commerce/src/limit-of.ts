import type { LimitOf } from '#libs/limits';
import { API_PREFIX } from '#libs/http';

/** The first that fits decides. */
const LIMITS: readonly (readonly [pattern: RegExp, limit: ReturnType<LimitOf>])[] = [
  // A provider reports all payments from few addresses, and each report is signed.
  [/^\/payments\/webhooks\//, undefined],
  [/^\/carts\/:id\/checkout$|^\/orders\/:number\/payment$/, 'checkout'],
  [
    /^\/stores\/:store\/(sessions|customers|password-resets)(\/|$)|^\/customers\/me\/password$/,
    'sign-in',
  ],
  [/^\/(carts|stores\/:store\/carts)(\/|$)/, 'carts'],
  [/^\/(customers|orders)(\/|$)/, 'account'],
  [/^\/stores\/:store\/products$|^\/stores\/:store\/search(\/|$)/, 'search'],
  [/^\//, 'reads'],
];

/** What kind of request a route of the storefront takes. Health, metrics and documents are not limited. */
export const limitOf: LimitOf = (method, url) => {
  if (method === 'OPTIONS') return undefined;
  if (url.startsWith('/media/')) return 'reads';
  if (!url.startsWith(`/${API_PREFIX}/`)) return undefined;
  const path = url.slice(API_PREFIX.length + 1);
  return LIMITS.find(([pattern]) => pattern.test(path))?.[1];
};
