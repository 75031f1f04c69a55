import type { Socket } from 'node:net';
import type { FastifyRequest } from 'fastify';
import { httpErrors } from '../errors/http.errors.js';

const signals = new WeakMap<Socket, AbortSignal>();

/**
 * Fires, with `http.client-gone`, when the connection on which the request came is closed. All requests of
 * a connection share the signal; for those that are answered by then it means nothing.
 */
export function clientGone({ socket }: Pick<FastifyRequest, 'socket'>): AbortSignal {
  const known = signals.get(socket);
  if (known !== undefined) return known;
  const aborter = new AbortController();
  const abort = (): void => aborter.abort(httpErrors.clientGone());
  if (socket.destroyed) abort();
  else socket.once('close', abort);
  signals.set(socket, aborter.signal);
  return aborter.signal;
}
