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
} from './routes/access.js';
export { addressBody } from './routes/address-body.js';
export { afterAnswer } from './routes/after-answer.js';
export { countryCode } from './routes/country-code.js';
export {
  Answers,
  AnswersFile,
  AnswersProblem,
  AnswersText,
  type Answer,
} from './routes/answers.js';
export {
  bootstrapReplica,
  type BootstrapOptions,
  type ListeningMessage,
} from './server/bootstrap-replica.js';
export {
  etagOfBody,
  matchesEtag,
  sendRepresentation,
  type Representation,
} from './coherence/conditional-get.js';
export { CachedOutput, type CachedOutputOptions } from './output/cached-output.decorator.js';
export { SiteHealthModule } from './health/site-health.module.js';
export { CoherentHttpModule } from './coherence/coherent-http.module.js';
export { cursorCodec, type CursorCodec } from './routes/cursor.js';
export { httpErrors } from './errors/http.errors.js';
export { HttpModule } from './http.module.js';
export { idParams, type IdParams } from './routes/id-params.js';
export { isoTime, isoTimeOrNull } from './routes/iso-time.js';
export { createOpenApiDocument } from './open-api/open-api.js';
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
} from './routes/page.js';
export { plainText } from './routes/plain-text.js';
export { POSITION_GATE, type PositionGate } from './coherence/position-gate.js';
export type { Problem } from './errors/problem.js';
export {
  API_PREFIX,
  configureHttp,
  createAdapter,
  createReplicaApp,
  type ReplicaAppOptions,
} from './server/replica-app.js';
export { KeepsRawBody, RawBody } from './routes/raw-body.js';
export { queryInteger, queryLimit } from './routes/query-integer.js';
export { download } from './routes/download.js';
export { repeatable } from './routes/repeatable.js';
export { withUploadedFile, type UploadedFile } from './routes/uploaded-file.js';
export { createValidationPipe, type ValidationProblem } from './routes/validation.pipe.js';
export { describedHeader } from './routes/described-header.js';
export { IdempotencyKey } from './routes/idempotency-key.js';
export {
  IfMatch,
  OptionalIfMatch,
  VersionedAnswer,
  etagOf,
  parseIfMatch,
} from './routes/version-etag.js';
