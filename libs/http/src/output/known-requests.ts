import { Injectable } from '@nestjs/common';
import type { CachedRoute } from './cached-route.js';

/** What a request with a certain URL asks for. */
export interface KnownRequest {
  /** Under which its answer is stored. */
  readonly id: string;
  readonly route: CachedRoute;
}

/** Requests with longer ones are answered, but not stored. */
export const MAX_URL_LENGTH = 1_024;
const MAX_REMEMBERED = 10_000;

/**
 * Which URL leads to which stored answer, learned from what the router and the schema of the query made
 * of it, so that a hit routes and parses nothing. Two generations, so that it stays bounded and what
 * is asked for often is never forgotten.
 */
@Injectable()
export class KnownRequests {
  /** All routes whose answers are stored. */
  readonly routes: CachedRoute[] = [];
  private recent = new Map<string, KnownRequest>();
  private former = new Map<string, KnownRequest>();

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
}
