import { defineErrors } from '#libs/kernel';

/** What can be wrong with a request before a use case sees it, and what is left when nobody knew better. */
export const httpErrors = defineErrors({
  badRequest: {
    code: 'http.bad-request',
    family: 'user',
    status: 400,
    title: 'The request is malformed',
  },
  malformedJson: {
    code: 'http.malformed-json',
    family: 'user',
    status: 400,
    title: 'The body is not valid JSON',
  },
  validationFailed: {
    code: 'http.validation-failed',
    family: 'user',
    status: 400,
    title: 'The request does not match its schema',
  },
  invalidCursor: {
    code: 'http.invalid-cursor',
    family: 'user',
    status: 400,
    title: 'The cursor was not issued by this list',
  },
  invalidPosition: {
    code: 'http.invalid-position',
    family: 'user',
    status: 400,
    title: 'The Lockstep-Position header is not a position',
  },
  invalidPrecondition: {
    code: 'http.invalid-precondition',
    family: 'user',
    status: 400,
    title: 'The If-Match header is not the ETag of one version',
  },
  idempotencyKeyRequired: {
    code: 'http.idempotency-key-required',
    family: 'user',
    status: 400,
    title: 'The request needs an Idempotency-Key header',
  },
  unauthenticated: {
    code: 'http.unauthenticated',
    family: 'user',
    status: 401,
    title: 'Credentials are missing or not valid',
  },
  forbidden: { code: 'http.forbidden', family: 'user', status: 403, title: 'Not allowed' },
  notFound: { code: 'http.not-found', family: 'user', status: 404, title: 'Not found' },
  routeNotFound: {
    code: 'http.route-not-found',
    family: 'user',
    status: 404,
    title: 'There is no such route',
  },
  methodNotAllowed: {
    code: 'http.method-not-allowed',
    family: 'user',
    status: 405,
    title: 'The route does not know this method',
  },
  tooSlow: {
    code: 'http.too-slow',
    family: 'user',
    status: 408,
    title: 'The request came too slowly',
  },
  clientGone: {
    code: 'http.client-gone',
    family: 'user',
    status: 499,
    title: 'The client went away before it was answered',
  },
  headersTooLarge: {
    code: 'http.headers-too-large',
    family: 'user',
    status: 431,
    title: 'The header of the request is too large',
  },
  bodyTooLarge: {
    code: 'http.body-too-large',
    family: 'user',
    status: 413,
    title: 'The body is too large',
  },
  uploadTooLarge: {
    code: 'http.upload-too-large',
    family: 'user',
    status: 413,
    title: 'The upload is too large or has too many parts',
  },
  urlTooLong: {
    code: 'http.url-too-long',
    family: 'user',
    status: 414,
    title: 'A part of the URL is too long',
  },
  unsupportedMediaType: {
    code: 'http.unsupported-media-type',
    family: 'user',
    status: 415,
    title: 'The route does not accept this content type',
  },
  preconditionRequired: {
    code: 'http.precondition-required',
    family: 'user',
    status: 428,
    title: 'The If-Match header is required',
  },
  tooManyRequests: {
    code: 'http.too-many-requests',
    family: 'user',
    status: 429,
    title: 'Too many requests',
  },
  requestRejected: {
    code: 'http.request-rejected',
    family: 'user',
    status: 400,
    title: 'The request was rejected',
  },
  internal: {
    code: 'http.internal',
    family: 'defect',
    status: 500,
    title: 'Internal error',
  },
  unavailable: {
    code: 'http.unavailable',
    family: 'operational',
    status: 503,
    title: 'Temporarily unavailable',
  },
});
