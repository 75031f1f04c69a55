import type { IncomingMessage } from 'node:http';
import { MAX_REQUEST_ID_LENGTH, newId } from '#libs/kernel';

/** Letters, digits and a few signs: safe in logs, headers and URLs. */
const SANE_REQUEST_ID = new RegExp(`^[A-Za-z0-9._:-]{1,${MAX_REQUEST_ID_LENGTH}}$`);

/**
 * Gives every request an id: the one its caller sent, when that is sane, so that one id follows a
 * request through many services, else one that is unique everywhere.
 */
export class RequestIds {
  /** Random once per process, then counted: a random id for each answer from memory would cost a tenth of it. */
  private readonly prefix = newId();
  private count = 0;

  of(request: Pick<IncomingMessage, 'headers'>): string {
    const given = request.headers['x-request-id'];
    return typeof given === 'string' && SANE_REQUEST_ID.test(given) ? given : this.next();
  }

  private next(): string {
    this.count += 1;
    return `${this.prefix}-${this.count.toString(36)}`;
  }
}
