import { parse, stringify } from 'node:querystring';
import type { OutputLife } from '#libs/cache';
import type { CdnConfig } from '#libs/config';
import type { CachedOutputRoute, StandardSchema } from './cached-output.decorator.js';
import { canonicalText } from './canonical-text.js';

const MS_PER_SECOND = 1_000;

export interface RequestParts {
  readonly params: unknown;
  readonly query: unknown;
}

/** How long shared caches may serve an answer. */
type SharedLife = Pick<CdnConfig, 'sharedSeconds' | 'staleWhileRevalidateSeconds'>;

type Json = Readonly<Record<string, unknown>>;

/**
 * One route whose answers are stored, what is the same for all of them, and what tells them apart: the text
 * an answer is kept under is made of what the handler is given, the parameters of the path and what the
 * schema of the handler makes of the query (order does not count, defaults are filled in, numbers are
 * numbers), and leads back to a URL that has this text.
 */
export class CachedRoute {
  /** Answers sent before the router saw their requests, by status, since they were last asked for. */
  readonly sentAhead = { 200: 0, 304: 0 };
  readonly life: OutputLife;
  readonly cacheControl: string;
  private readonly querySchema: StandardSchema | undefined;

  constructor(
    readonly url: string,
    { options, querySchema }: CachedOutputRoute,
    { sharedSeconds, staleWhileRevalidateSeconds }: SharedLife,
  ) {
    this.querySchema = querySchema;
    this.life = {
      freshMs: options.freshSeconds * MS_PER_SECOND,
      staleWhileRevalidateMs: options.staleWhileRevalidateSeconds * MS_PER_SECOND,
      staleIfErrorMs: options.staleIfErrorSeconds * MS_PER_SECOND,
    };
    // Browsers ask again each time, with the ETag: no message can tell them that something has changed.
    this.cacheControl = [
      'public',
      'max-age=0',
      `s-maxage=${sharedSeconds}`,
      `stale-while-revalidate=${staleWhileRevalidateSeconds}`,
      `stale-if-error=${options.staleIfErrorSeconds}`,
    ].join(', ');
  }

  /** undefined: the answer to this request is not stored, for instance because the schema refuses its query. */
  keyOf({ params, query }: RequestParts): string | undefined {
    const path = canonicalText(params);
    const search = canonicalText(this.checked(query));
    return path === undefined || search === undefined ? undefined : `${this.url} ${path}${search}`;
  }

  /** A request whose answers have this key; undefined when there is none: the text may be of another release. */
  urlOf(key: string): string | undefined {
    const parts = jsonObjects(key.slice(this.url.length + 1));
    if (!key.startsWith(`${this.url} `) || parts === undefined) return undefined;
    const [params, query] = parts;
    const path = fillIn(this.url, params);
    const search = stringify(asParameters(query));
    // What does not lead back to the same text would be built under one name and kept under another.
    if (path === undefined || this.keyOf({ params, query: parse(search) }) !== key) {
      return undefined;
    }
    return search === '' ? path : `${path}?${search}`;
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

/** Two texts of objects in a row; where the first one ends is known only when it has been read. */
function jsonObjects(text: string): readonly [Json, Json] | undefined {
  for (let end = text.indexOf('}{'); end !== -1; end = text.indexOf('}{', end + 1)) {
    const first = jsonObject(text.slice(0, end + 1));
    if (first === undefined) continue;
    const second = jsonObject(text.slice(end + 1));
    return second === undefined ? undefined : [first, second];
  }
  return undefined;
}

function jsonObject(text: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Json)
      : undefined;
  } catch {
    return undefined; // The text ends inside a string.
  }
}

/** The path with its parameters; undefined when they are not those it has. */
function fillIn(path: string, params: Json): string | undefined {
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (!segment.startsWith(':')) segments.push(segment);
    else {
      const value = params[segment.slice(1)];
      if (typeof value !== 'string') return undefined;
      segments.push(encodeURIComponent(value));
    }
  }
  const filled = segments.join('/');
  // Some values (`..`) are not taken as values of a path, however they are written.
  return new URL(filled, 'http://localhost').pathname === filled ? filled : undefined;
}

/** What the schema of a handler has made of texts, as texts again. */
function asParameters(query: Json): Record<string, string | readonly string[]> {
  const entries = Object.entries(query).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.map(String) : String(value),
  ]);
  return Object.fromEntries(entries) as Record<string, string | readonly string[]>;
}
