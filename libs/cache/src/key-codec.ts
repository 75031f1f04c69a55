import { z } from 'zod';

/**
 * The one text of each key of a reader, and the way back. Equal keys have equal texts, different keys
 * different ones. What is done with keys that no request asks for at the moment begins with the text:
 * verifying, loading ahead when a replica starts, refreshing in time.
 */
export interface KeyCodec<Key> {
  readonly textOf: (key: Key) => string;
  /** undefined for what is none of its texts; a text may come from another release. */
  readonly keyOf: (text: string) => Key | undefined;
}

/** For keys that are texts themselves. */
export const textKey: KeyCodec<string> = { textOf: (key) => key, keyOf: (text) => text };

/** One schema for each field of a key, the optional ones too: a forgotten field would mix keys up. */
export type KeyFields<Key> = { readonly [Field in keyof Key]-?: z.ZodType<Key[Field]> };

/** A part of a key that has fields of its own. */
export function keyPart<Part extends object>(fields: KeyFields<Part>): z.ZodType<Part> {
  return z.strictObject(fields) as unknown as z.ZodType<Part>;
}

/**
 * The codec of keys with fields: a JSON list of their values, in the order of the fields; the names in
 * a record are sorted. `canonical` makes one of the keys that mean the same.
 *
 * Throws a TypeError when a schema has no unambiguous JSON (dates, transforms, what may be both null
 * and missing).
 */
export function jsonKey<Key extends object>(
  fields: KeyFields<Key>,
  canonical: (key: Key) => Key = (key) => key,
): KeyCodec<Key> {
  const { write, read } = formOf(keyPart<Key>(fields));
  const textOf = (key: Key): string => JSON.stringify(write(canonical(key)));
  const keyOf = (text: string): Key | undefined => {
    try {
      const key = read(JSON.parse(text)) as Key;
      return textOf(key) === text ? key : undefined;
    } catch {
      return undefined; // A text that is no JSON, or that no key has.
    }
  };
  return { textOf, keyOf };
}

/** How the values of a schema are written as JSON. `read` throws for what was not written so. */
interface Form {
  readonly write: (value: unknown) => unknown;
  readonly read: (json: unknown) => unknown;
}

const lists = z.array(z.unknown());
const entryLists = z.array(z.tuple([z.string(), z.unknown()]));
const PLAIN = new Set(['string', 'number', 'boolean', 'enum', 'literal']);

type Definition = z.core.$ZodTypes['_zod']['def'];

function definitionOf(schema: z.core.$ZodType): Definition {
  return (schema as z.ZodType).def as Definition;
}

function formOf(schema: z.core.$ZodType): Form {
  const def = definitionOf(schema);
  if (def.type === 'object') return objectForm(def.shape);
  if (def.type === 'array') return arrayForm(formOf(def.element));
  if (def.type === 'record') return recordForm(formOf(def.valueType));
  if (def.type === 'optional') return optionalForm(def.innerType);
  if (!isPlain(schema)) throw new TypeError(`a cache key cannot hold ${def.type}`);
  return { write: (value) => value, read: (json) => z.parse(schema, json) };
}

function isPlain(schema: z.core.$ZodType): boolean {
  const def = definitionOf(schema);
  if (def.type === 'union') return def.options.every(isPlain);
  return PLAIN.has(def.type) || (def.type === 'nullable' && isPlain(def.innerType));
}

function objectForm(shape: z.core.$ZodShape): Form {
  const fields = Object.entries(shape).map(([name, schema]) => ({ name, form: formOf(schema) }));
  return {
    write: (value) =>
      fields.map(({ name, form }) => form.write((value as Record<string, unknown>)[name])),
    read: (json) => {
      const values = lists.length(fields.length).parse(json);
      const read = fields.map(({ name, form }, index) => [name, form.read(values[index])] as const);
      return Object.fromEntries(read.filter(([, value]) => value !== undefined));
    },
  };
}

function arrayForm(element: Form): Form {
  return {
    write: (value) => (value as readonly unknown[]).map((each) => element.write(each)),
    read: (json) => lists.parse(json).map((each) => element.read(each)),
  };
}

function recordForm(element: Form): Form {
  return {
    write: (value) =>
      Object.entries(value as object)
        .map(([name, each]) => [name, element.write(each)] as const)
        .sort(([one], [other]) => (one < other ? -1 : 1)),
    read: (json) =>
      Object.fromEntries(
        entryLists.parse(json).map(([name, each]) => [name, element.read(each)] as const),
      ),
  };
}

/** What is missing is written as null, which therefore cannot be a value. */
function optionalForm(schema: z.core.$ZodType): Form {
  if (z.safeParse(schema, null).success) {
    throw new TypeError('a field of a cache key is optional or nullable, not both');
  }
  const { write, read } = formOf(schema);
  return {
    write: (value) => (value === undefined ? null : write(value)),
    read: (json) => (json === null ? undefined : read(json)),
  };
}
