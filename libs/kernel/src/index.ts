export { COUNTRY_CODE, type Address } from './values/address.js';
export { allocate } from './money/allocate.js';
export { clientNetwork } from './values/client-network.js';
export { systemClock, type Clock } from './running/clock.js';
export { deferred, type Deferred } from './running/deferred.js';
export {
  DefectError,
  LockstepError,
  OperationalError,
  UserError,
  defineErrors,
  type ErrorDefinition,
  type ErrorFamily,
  type ErrorOccurrence,
  type ErrorTable,
} from './errors/errors.js';
export { escapeHtml } from './text/escape-html.js';
export { cutText, foldText, foldToLetters } from './text/fold-text.js';
export { newId } from './values/ids.js';
export type { JsonObject, JsonValue } from './values/json.js';
export { isImageUrl } from './values/image-url.js';
export { kernelErrors } from './errors/kernel.errors.js';
export type { MaybePromise } from './running/maybe-promise.js';
export { minorUnitDigits } from './money/currency-digits.js';
export { formatMinor, parseMinor, type Money } from './money/money.js';
export { productLimits } from './values/product-limits.js';
export { sampleEvenly } from './running/sample-evenly.js';
export type { RuleBreach } from './errors/rule-breach.js';
export { multiplyRounded } from './money/multiply-rounded.js';
export { PRODUCT_VERSION } from './values/product-version.js';
export {
  currentContext,
  MAX_REQUEST_ID_LENGTH,
  runInContext,
  type Actor,
  type RequestContext,
} from './running/request-context.js';
export { staleVersion, versionErrors } from './errors/stale-version.js';
export {
  currentTrace,
  runInTrace,
  traced,
  type Trace,
  type TraceFacts,
  type TraceStep,
} from './running/trace.js';
export { unsafeText } from './text/unsafe-text.js';
export { unsafeTextBreaches, type PlacedText } from './text/unsafe-text-breaches.js';
export {
  delay,
  exponentialBackoffMs,
  withDeadline,
  type BackoffPolicy,
} from './running/waiting.js';
