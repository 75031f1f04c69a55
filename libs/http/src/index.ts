export {
  CUSTOMER_GUARD,
  ForCustomer,
  ForCustomerOrGuest,
  PERMISSION_GUARD,
  Public,
  REFUSALS,
  RequirePermission,
  accessOf,
  assertEveryRouteDeclaresAccess,
  type Access,
  type Refusals,
} from './access.js';
export { addressBody } from './address-body.js';
export { countryCode } from './country-code.js';
export { Answers, AnswersFile, AnswersProblem, AnswersText, type Answer } from './answers.js';
export {
  bootstrapReplica,
  type BootstrapOptions,
  type ListeningMessage,
} from './bootstrap-replica.js';
export {
  etagOfBody,
  matchesEtag,
  sendRepresentation,
  type Representation,
} from './conditional-get.js';
export { CachedOutput, type CachedOutputOptions } from './output/cached-output.decorator.js';
export { SiteHealthModule } from './site-health.module.js';
export { CoherentHttpModule } from './coherent-http.module.js';
export { cursorCodec, type CursorCodec } from './cursor.js';
export { httpErrors } from './http.errors.js';
export { HttpModule } from './http.module.js';
export { idParams, type IdParams } from './id-params.js';
export { isoTime, isoTimeOrNull } from './iso-time.js';
export { createOpenApiDocument } from './open-api.js';
export {
  pageByCreation,
  pageById,
  pagedBy,
  pageFields,
  pageOf,
  pageQuery,
  type Page,
  type PageQuery,
  type PageReader,
} from './page.js';
export { plainText } from './plain-text.js';
export { POSITION_GATE, type PositionGate } from './position-gate.js';
export type { Problem } from './problem.js';
export {
  API_PREFIX,
  configureHttp,
  createAdapter,
  createReplicaApp,
  type ReplicaAppOptions,
} from './replica-app.js';
export { KeepsRawBody, RawBody } from './raw-body.js';
export { repeatable } from './repeatable.js';
export { withUploadedFile, type UploadedFile } from './uploaded-file.js';
export { createValidationPipe, type ValidationProblem } from './validation.pipe.js';
export { describedHeader } from './described-header.js';
export { IdempotencyKey } from './idempotency-key.js';
export { IfMatch, OptionalIfMatch, VersionedAnswer, etagOf, parseIfMatch } from './version-etag.js';
