export { COUNTRY_CODE, type Address } from './address.js';
export { allocate } from './allocate.js';
export { clientNetwork } from './client-network.js';
export { systemClock, type Clock } from './clock.js';
export { deferred, type Deferred } from './deferred.js';
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
} from './errors.js';
export { cutText, foldText } from './fold-text.js';
export { newId } from './ids.js';
export type { JsonObject, JsonValue } from './json.js';
export { isImageUrl } from './image-url.js';
export { kernelErrors } from './kernel.errors.js';
export type { MaybePromise } from './maybe-promise.js';
export { minorUnitDigits } from './currency-digits.js';
export { formatMinor, parseMinor, type Money } from './money.js';
export { productLimits } from './product-limits.js';
export { sampleEvenly } from './sample-evenly.js';
export type { RuleBreach } from './rule-breach.js';
export { multiplyRounded } from './multiply-rounded.js';
export { PRODUCT_VERSION } from './product-version.js';
export {
  currentContext,
  MAX_REQUEST_ID_LENGTH,
  runInContext,
  type Actor,
  type RequestContext,
} from './request-context.js';
export { staleVersion, versionErrors } from './stale-version.js';
export {
  currentTrace,
  runInTrace,
  traced,
  type Trace,
  type TraceFacts,
  type TraceStep,
} from './trace.js';
export { unsafeText } from './unsafe-text.js';
export { unsafeTextBreaches, type PlacedText } from './unsafe-text-breaches.js';
export { delay, exponentialBackoffMs, withDeadline, type BackoffPolicy } from './waiting.js';
