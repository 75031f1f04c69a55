import { Injectable } from '@nestjs/common';
import { HttpConfig } from '#libs/config';
import type { CachedRoute } from './cached-route.js';

/** What a request with a certain URL asks for. */
export interface KnownRequest {
  /** Under which its answer is stored. */
  readonly id: string;
  readonly route: CachedRoute;
}

export type HeaderValues = Readonly<Record<string, unknown>>;

export const NOTHING_FOREIGN: HeaderValues = {};
/** Requests with longer ones are answered, but not stored. */
export const MAX_URL_LENGTH = 1_024;
const MAX_REMEMBERED = 10_000;
/** Stands for every origin when all are allowed: they are answered alike. */
const ANY = '*';
const WITHOUT_ORIGIN = '';

/**
 * What an answer from memory need not find out again: which URL leads to which stored answer, learned
 * from what the router and the schema of the query made of it, and which headers the hooks before the
 * output cache add for an origin, which are those of CORS.
 *
 * URLs are kept in two generations, so that they stay bounded and what is asked for often is never forgotten.
 */
@Injectable()
export class KnownRequests {
  /** All routes whose answers are stored. */
  readonly routes: CachedRoute[] = [];
  private recent = new Map<string, KnownRequest>();
  private former = new Map<string, KnownRequest>();
  private readonly foreign = new Map<string, HeaderValues>();
  private readonly allowedOrigins: ReadonlySet<string>;

  constructor({ corsOrigins }: HttpConfig) {
    this.allowedOrigins = new Set(corsOrigins);
  }

  /** By the URL as it was sent, with the query. */
  find(url: string): KnownRequest | undefined {
    const known = this.recent.get(url);
    if (known !== undefined) return known;
    const former = this.former.get(url);
    if (former !== undefined) this.remember(url, former);
    return former;
  }

  remember(url: string, known: KnownRequest): void {
    if (this.recent.size >= MAX_REMEMBERED) {
      this.former = this.recent;
      this.recent = new Map();
    }
    this.recent.set(url, known);
  }

  /** undefined: not known yet, or never noted because any client can make such an origin up. */
  findForeign(origin: string | undefined): HeaderValues | undefined {
    return this.allowedOrigins.size === 0
      ? NOTHING_FOREIGN
      : this.foreign.get(this.originKey(origin));
  }

  noteForeign(origin: string | undefined, headers: HeaderValues): void {
    const key = this.originKey(origin);
    if (key === WITHOUT_ORIGIN || this.allowedOrigins.has(key)) {
      this.foreign.set(key, { ...headers });
    }
  }

  private originKey(origin: string = WITHOUT_ORIGIN): string {
    return this.allowedOrigins.has(ANY) ? ANY : origin;
  }
}
