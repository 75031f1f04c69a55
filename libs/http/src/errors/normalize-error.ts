import { HttpException } from '@nestjs/common';
import { LockstepError } from '#libs/kernel';
import { httpErrors } from './http.errors.js';

type ErrorName = Exclude<keyof typeof httpErrors, 'definitions'>;

/** What Fastify and its multipart parser report, by their stable codes; where the status alone says the same, Nest's exception does. */
const BY_FASTIFY_CODE: Readonly<Record<string, ErrorName>> = {
  FST_ERR_CTP_INVALID_JSON_BODY: 'malformedJson',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'malformedJson',
  FST_ERR_BAD_URL: 'badRequest',
  FST_ERR_MAX_PARAM_LENGTH: 'urlTooLong',
  FST_REQ_FILE_TOO_LARGE: 'uploadTooLarge',
  FST_PARTS_LIMIT: 'uploadTooLarge',
  FST_FILES_LIMIT: 'uploadTooLarge',
  FST_FIELDS_LIMIT: 'uploadTooLarge',
  FST_INVALID_MULTIPART_CONTENT_TYPE: 'unsupportedMediaType',
  FST_PROTO_VIOLATION: 'badRequest',
  FST_MP_PREMATURE_CLOSE: 'badRequest',
  // The client went away while it was sending.
  ECONNRESET: 'badRequest',
};

const BY_STATUS: Readonly<Record<number, ErrorName>> = {
  400: 'badRequest',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'notFound',
  405: 'methodNotAllowed',
  413: 'bodyTooLarge',
  415: 'unsupportedMediaType',
  428: 'preconditionRequired',
  503: 'unavailable',
};

/**
 * Makes one of ours of whatever was thrown. What is not recognised is a defect: its cause is kept for
 * the log, and nothing of it is told to the client.
 */
export function normalizeError(thrown: unknown): LockstepError {
  if (thrown instanceof LockstepError) return thrown;
  const name = BY_FASTIFY_CODE[codeOf(thrown) ?? codeOf(causeOf(thrown)) ?? ''];
  if (name !== undefined) return httpErrors[name]({ cause: thrown });
  if (thrown instanceof HttpException) return fromHttpException(thrown);
  return httpErrors.internal({ cause: thrown });
}

function fromHttpException(exception: HttpException): LockstepError {
  const status = exception.getStatus();
  const name = BY_STATUS[status];
  if (name !== undefined) {
    const isForClient = status < 500;
    return httpErrors[name]({
      cause: exception,
      ...(isForClient ? { message: exception.message } : {}),
    });
  }
  return status >= 400 && status < 500
    ? httpErrors.requestRejected({ message: exception.message, cause: exception })
    : httpErrors.internal({ cause: exception });
}

function causeOf(thrown: unknown): unknown {
  return thrown instanceof Error ? thrown.cause : undefined;
}

function codeOf(thrown: unknown): string | undefined {
  if (!(thrown instanceof Error) || !('code' in thrown)) return undefined;
  return typeof thrown.code === 'string' ? thrown.code : undefined;
}
