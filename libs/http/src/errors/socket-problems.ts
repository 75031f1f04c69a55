import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { newId, type LockstepError } from '#libs/kernel';
import { httpErrors } from './http.errors.js';
import { REPLICA_HEADER } from '../coherence/position-gate.js';
import { problemHeaders, problemOf } from './problem.js';

/** What Node.js reports about a request that never became one, by its stable codes. */
const BY_PARSER_CODE: Readonly<Record<string, () => LockstepError>> = {
  HPE_HEADER_OVERFLOW: () => httpErrors.headersTooLarge(),
  HPE_CHUNK_EXTENSIONS_OVERFLOW: () => httpErrors.bodyTooLarge(),
  ERR_HTTP_REQUEST_TIMEOUT: () => httpErrors.tooSlow(),
};

/**
 * Answers what cannot become a request (a header that is too large, a line that is no HTTP) like every
 * other error, and closes the connection: where the next request would begin is not known.
 */
export function refuseUnreadable(
  error: Error & { readonly code?: string },
  socket: Duplex,
  replicaId: string,
): void {
  // The client is gone, or has stopped sending; nobody is there to be told.
  if (error.code === 'ECONNRESET' || !socket.writable) socket.destroy(error);
  else
    refuseOnSocket(
      socket,
      (BY_PARSER_CODE[error.code ?? ''] ?? httpErrors.badRequest)(),
      replicaId,
    );
}

/** Writes a problem past everything that answers requests, and closes the connection. */
export function refuseOnSocket(socket: Duplex, error: LockstepError, replicaId: string): void {
  const requestId = newId();
  const body = JSON.stringify(problemOf(error, '/', requestId));
  const headers = {
    ...problemHeaders(error),
    [REPLICA_HEADER]: replicaId,
    'x-request-id': requestId,
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  };
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const status = `HTTP/1.1 ${error.status} ${STATUS_CODES[error.status] ?? ''}`;
  socket.end(`${[status, ...head].join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
}
