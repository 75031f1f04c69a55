import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import type { DeclaredReader } from './coherent-cache.js';
import { jsonKey, keyPart, textKey } from './key-codec.js';

interface Choice {
  readonly words: readonly string[];
  readonly byCode: Readonly<Record<string, readonly string[]>>;
  readonly least?: number | undefined;
}

interface ChoiceKey {
  readonly store: string;
  readonly sort: 'up' | 'down';
  readonly choice: Choice;
  readonly after?: string | number | undefined;
  readonly parent: string | null;
}

const choiceKey = jsonKey<ChoiceKey>({
  store: z.string(),
  sort: z.enum(['up', 'down']),
  choice: keyPart<Choice>({
    words: z.array(z.string()),
    byCode: z.record(z.string(), z.array(z.string())),
    least: z.number().optional(),
  }),
  after: z.union([z.string(), z.number()]).optional(),
  parent: z.string().nullable(),
});

const awkward = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom('', '/', '%2F', '"]', '","', "'", '\\', 'null', '__proto__', 'größe', '\ud800'),
);
const choice = fc.record(
  {
    words: fc.array(awkward),
    byCode: fc.dictionary(awkward, fc.array(awkward)),
    least: fc.integer(),
  },
  { requiredKeys: ['words', 'byCode'] },
);
const anyKey = fc.record(
  {
    store: awkward,
    sort: fc.constantFrom('up' as const, 'down' as const),
    choice,
    after: fc.oneof(awkward, fc.integer()),
    parent: fc.option(awkward),
  },
  { requiredKeys: ['store', 'sort', 'choice', 'parent'] },
);
/**
 * Objects without a prototype are as good as others. By way of JSON it would fail now and then: V8 13.6
 * writes the name of a property that is half a surrogate pair as a backslash. Lists are written right.
 */
const plain = (value: unknown): unknown => structuredClone(value);

describe('the text of a key', () => {
  it('leads back to the key, whatever is in it', () => {
    fc.assert(
      fc.property(anyKey, (each) => {
        expect(plain(choiceKey.keyOf(choiceKey.textOf(each)))).toEqual(plain(each));
      }),
    );
  });

  it('is the same however the fields of the key and the names of a record are ordered', () => {
    const one = { store: 's', sort: 'up', parent: null } as const;
    const words = ['w'];
    const text = choiceKey.textOf({ ...one, choice: { words, byCode: { a: ['1'], b: [] } } });
    expect(choiceKey.textOf({ choice: { byCode: { b: [], a: ['1'] }, words }, ...one })).toBe(text);
  });

  it('differs wherever the key does', () => {
    fc.assert(
      fc.property(anyKey, anyKey, (one, other) => {
        const isSameKey = fc.stringify(plain(one)) === fc.stringify(plain(other));
        if (!isSameKey) expect(choiceKey.textOf(one)).not.toBe(choiceKey.textOf(other));
      }),
    );
  });

  it('is that of the canonical key, to which it leads back', () => {
    const codec = jsonKey<{ q: string }>({ q: z.string() }, ({ q }) => ({ q: q.toLowerCase() }));
    expect(codec.textOf({ q: 'ABC' })).toBe(codec.textOf({ q: 'abc' }));
    expect(codec.keyOf(codec.textOf({ q: 'ABC' }))).toEqual({ q: 'abc' });
    expect(codec.keyOf('["ABC"]')).toBeUndefined();
  });

  it('leads nowhere when it is none of the texts of the reader', () => {
    const codec = jsonKey<{ a: string; n?: number | undefined }>({
      a: z.string(),
      n: z.number().optional(),
    });
    for (const text of [
      '',
      'a/b',
      '{}',
      '[]',
      '["a"]',
      '["a",1,2]',
      '[1,1]',
      '["a","1"]',
      '["a", 1]',
    ]) {
      expect(codec.keyOf(text)).toBeUndefined();
    }
    expect(codec.keyOf('["a",null]')).toEqual({ a: 'a' });
  });

  it('is the key where that is a text', () => {
    expect(textKey.keyOf(textKey.textOf('"/'))).toBe('"/');
  });
});

it('refuses schemas whose values JSON does not tell apart', () => {
  expect(() => jsonKey<{ at: Date }>({ at: z.date() })).toThrow(TypeError);
  expect(() =>
    jsonKey<{ a?: string | null | undefined }>({ a: z.string().nullable().optional() }),
  ).toThrow(TypeError);
});

it('does not compile for a reader whose texts do not lead back to its keys', () => {
  const rest = { name: 'test', load: () => Promise.resolve(undefined), ttlMs: 1 };
  const toText = (key: { a: string }): string => key.a;
  // @ts-expect-error a function gives a text, but no way back
  const oneWay: DeclaredReader<{ a: string }, string> = { ...rest, key: toText };
  // @ts-expect-error the way back is missing
  const halfway: DeclaredReader<string, string> = { ...rest, key: { textOf: (key) => key } };
  // @ts-expect-error a field of the key would not be in its text
  const forgetful = jsonKey<{ a: string; b?: string }>({ a: z.string() });
  // @ts-expect-error the text would give back another type than the key has
  const mistaken = jsonKey<{ a: string }>({ a: z.number() });
  expect([oneWay, halfway, forgetful, mistaken]).toHaveLength(4);
});
