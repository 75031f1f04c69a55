import { Injectable } from '@nestjs/common';
import { HttpConfig } from '#libs/config';

export type HeaderValues = Readonly<Record<string, unknown>>;

export const NOTHING_FOREIGN: HeaderValues = {};
/** Stands for every origin when all are allowed: they are answered alike. */
const ANY = '*';
const WITHOUT_ORIGIN = '';

/**
 * What hooks before the output cache add to an answer, which is what CORS adds: the same for all requests
 * of an origin. It is noted the first time, so that an answer from memory need not run them.
 */
@Injectable()
export class ForeignHeaders {
  private readonly byOrigin = new Map<string, HeaderValues>();
  private readonly allowed: ReadonlySet<string>;

  constructor({ corsOrigins }: HttpConfig) {
    this.allowed = new Set(corsOrigins);
  }

  /** undefined: not known yet, or never noted because anybody can make such an origin up. */
  find(origin: string | undefined): HeaderValues | undefined {
    return this.allowed.size === 0 ? NOTHING_FOREIGN : this.byOrigin.get(this.keyOf(origin));
  }

  note(origin: string | undefined, headers: HeaderValues): void {
    const key = this.keyOf(origin);
    if (key === WITHOUT_ORIGIN || this.allowed.has(key)) this.byOrigin.set(key, { ...headers });
  }

  private keyOf(origin: string = WITHOUT_ORIGIN): string {
    return this.allowed.has(ANY) ? ANY : origin;
  }
}
