import { parse, stringify } from 'node:querystring';
import { Inject, Injectable, Optional } from '@nestjs/common';
import { OutputCache, type OutputRequest } from '#libs/cache';
import type { FinishedAnswer } from './finished-answer.js';
import { KnownRequests } from './known-requests.js';
import { OutputRebuilds } from './output-rebuilds.js';

type Json = Readonly<Record<string, unknown>>;

/**
 * Makes requests again from the texts that their answers are kept under, so that an answer can be
 * built without anybody asking for it: to compare it with what is held, or to have it in time.
 */
@Injectable()
export class OutputRevival {
  constructor(
    private readonly rebuilds: OutputRebuilds,
    private readonly known: KnownRequests,
    @Optional()
    @Inject(OutputCache)
    private readonly cache: OutputCache<FinishedAnswer> | undefined,
  ) {}

  install(): void {
    this.cache?.reviveWith({
      revive: (id) => this.revive(id),
      isSame: (one, other) => one.body.equals(other.body),
    });
  }

  /** undefined when no request to this replica has answers of this id: the text may be of another release. */
  private revive(id: string): OutputRequest<FinishedAnswer> | undefined {
    const end = id.indexOf(' ');
    const path = id.slice(0, end);
    const route = this.known.routes.find(({ url }) => url === path);
    const parts = jsonObjects(id.slice(end + 1));
    if (route === undefined || parts === undefined) return undefined;
    const [params, query] = parts;
    const filled = fillIn(path, params);
    if (filled === undefined) return undefined;
    const search = stringify(asParameters(query));
    const url = search === '' ? filled : `${filled}?${search}`;
    // What does not lead back to the same text would be built under one name and kept under another.
    if (route.keys.keyOf({ params, query: parse(search) }) !== id) return undefined;
    const build = () => this.rebuilds.rebuild(url);
    return { id, life: route.life, build, rebuild: build };
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
