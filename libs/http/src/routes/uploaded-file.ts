import type { MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { LockstepError } from '#libs/kernel';
import { httpErrors } from '../errors/http.errors.js';
import { normalizeError } from '../errors/normalize-error.js';

/** A file as it comes in. */
export interface UploadedFile {
  readonly name: string;
  /** Rejects with `http.upload-too-large` past UPLOAD_LIMIT_BYTES, and with `http.bad-request` when the body ends too early. */
  readonly content: AsyncIterable<Uint8Array>;
}

/**
 * Hands the first file of a `multipart/form-data` request to `use`; what `use` does not read is read and
 * thrown away, so that the answer gets through and the next request of the connection is not held up.
 *
 * Throws `http.unsupported-media-type` for another kind of body, `http.bad-request` for one that is no
 * multipart, and what `ifMissing` makes when there is no file in it.
 */
export async function withUploadedFile<T>(
  request: FastifyRequest,
  ifMissing: () => Error,
  use: (file: UploadedFile) => Promise<T>,
): Promise<T> {
  try {
    const part = await request.file().catch(asClientError);
    if (part === undefined) throw ifMissing();
    return await use({ name: part.filename, content: wholeOf(part.file) });
  } finally {
    request.raw.unpipe().resume();
  }
}

/**
 * The parser cuts a file off at UPLOAD_LIMIT_BYTES and ends it as if that were all: throws instead, so
 * that no part of a file passes for the whole.
 */
async function* wholeOf(file: MultipartFile['file']): AsyncGenerator<Uint8Array, void, undefined> {
  const chunks = file[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
  for (;;) {
    const next = await chunks.next().catch(asClientError);
    if (next.done === true) break;
    yield next.value;
  }
  if (file.truncated) throw httpErrors.uploadTooLarge();
}

/** All that goes wrong while a body is parsed is the client's: what was sent is not what it claims to be. */
function asClientError(thrown: unknown): never {
  const known = normalizeError(thrown);
  if (known instanceof LockstepError && known.status < 500) throw known;
  throw httpErrors.badRequest({
    cause: thrown,
    message: 'The body is not whole multipart/form-data',
  });
}
