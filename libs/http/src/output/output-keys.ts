import type { StandardSchema } from './cached-output.decorator.js';
import { canonicalText } from './canonical-text.js';

/** Longer requests are answered, but not stored. */
const MAX_URL_LENGTH = 1_024;
const MAX_REMEMBERED = 5_000;

export interface RequestParts {
  /** As it was sent, with the query. */
  readonly url: string;
  readonly params: unknown;
  readonly query: unknown;
}

/**
 * Says which requests of one route have the same answer. Their key is made of what the handler is
 * given: the parameters of the path, and what the schema of the handler makes of the query (order does
 * not count, defaults are filled in, numbers are numbers). A query that the schema refuses has no key.
 */
export class OutputKeys {
  /** Keys by URL, so that a hit parses nothing. Two generations, so that both stay bounded. */
  private remembered = new Map<string, string>();
  private former = new Map<string, string>();

  constructor(
    private readonly route: string,
    private readonly querySchema: StandardSchema | undefined,
  ) {}

  /** undefined: the answer to this request is not stored. */
  keyOf(url: string, request: Pick<RequestParts, 'params' | 'query'>): string | undefined {
    const known = this.remembered.get(url);
    if (known !== undefined) return known;
    if (url.length > MAX_URL_LENGTH) return undefined;
    const key = this.former.get(url) ?? this.derive(request);
    if (key !== undefined) this.remember(url, key);
    return key;
  }

  private derive({ params, query }: Pick<RequestParts, 'params' | 'query'>): string | undefined {
    const path = canonicalText(params);
    const search = canonicalText(this.checked(query));
    return path === undefined || search === undefined
      ? undefined
      : `${this.route} ${path}${search}`;
  }

  private checked(query: unknown): unknown {
    if (this.querySchema === undefined) {
      // A handler that does not look at the query answers the same to every query: those who add
      // something to it must not fill the memory with copies.
      return typeof query === 'object' && query !== null && Object.keys(query).length === 0
        ? {}
        : undefined;
    }
    const result = this.querySchema['~standard'].validate(query);
    return result instanceof Promise || result.issues !== undefined ? undefined : result.value;
  }

  private remember(url: string, key: string): void {
    if (this.remembered.size >= MAX_REMEMBERED) {
      this.former = this.remembered;
      this.remembered = new Map();
    }
    this.remembered.set(url, key);
  }
}
