import type { IncomingMessage } from 'node:http';
import { newId } from '#libs/kernel';

/** Letters, digits and a few signs: safe in logs, headers and URLs. */
const SANE_REQUEST_ID = /^[A-Za-z0-9._:-]{1,128}$/;

/** The id the caller gave, when it is sane, so that one id follows a request through many services. */
export function requestIdOf(request: Pick<IncomingMessage, 'headers'>): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && SANE_REQUEST_ID.test(given) ? given : newId();
}
