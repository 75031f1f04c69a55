import type { OutputLife } from '#libs/cache';
import type { CachedOutputRoute } from './cached-output.decorator.js';
import { OutputKeys } from './output-keys.js';

const MS_PER_SECOND = 1_000;

/** One route whose answers are stored, and what is the same for all of them. */
export class CachedRoute {
  readonly keys: OutputKeys;
  /** Answers sent before the router saw their requests, by status, since they were last asked for. */
  readonly sentAhead = { 200: 0, 304: 0 };
  readonly life: OutputLife;
  readonly cacheControl: string;

  constructor(
    readonly url: string,
    { options, querySchema }: CachedOutputRoute,
  ) {
    this.keys = new OutputKeys(url, querySchema);
    this.life = {
      freshMs: options.freshSeconds * MS_PER_SECOND,
      staleWhileRevalidateMs: options.staleWhileRevalidateSeconds * MS_PER_SECOND,
      staleIfErrorMs: options.staleIfErrorSeconds * MS_PER_SECOND,
    };
    // Browsers ask again each time, with the ETag: nobody can tell them that something has changed.
    this.cacheControl = [
      'public',
      'max-age=0',
      `s-maxage=${options.sharedSeconds}`,
      `stale-while-revalidate=${options.staleWhileRevalidateSeconds}`,
      `stale-if-error=${options.staleIfErrorSeconds}`,
    ].join(', ');
  }
}
