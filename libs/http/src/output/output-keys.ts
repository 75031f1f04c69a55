import type { StandardSchema } from './cached-output.decorator.js';
import { canonicalText } from './canonical-text.js';

export interface RequestParts {
  readonly params: unknown;
  readonly query: unknown;
}

/**
 * Says which requests of one route have the same answer. Their key is made of what the handler is
 * given: the parameters of the path, and what the schema of the handler makes of the query (order does
 * not count, defaults are filled in, numbers are numbers). A query that the schema refuses has no key.
 */
export class OutputKeys {
  constructor(
    private readonly route: string,
    private readonly querySchema: StandardSchema | undefined,
  ) {}

  /** undefined: the answer to this request is not stored. */
  keyOf({ params, query }: RequestParts): string | undefined {
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
}
