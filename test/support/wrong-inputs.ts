import { z } from 'zod';

type Schema = z.core.$ZodType;
type Definition = z.core.$ZodTypes['_zod']['def'];

const definitionOf = (schema: Schema): Definition =>
  (schema as unknown as { readonly def: Definition }).def;

/** Wrong for nearly everything, and each in another way. */
const STRANGE: readonly unknown[] = [
  undefined,
  null,
  true,
  -1.5,
  1e21,
  '',
  'no such ☃ thing',
  'x'.repeat(2_000),
  [],
  {},
  [null],
];

/** Deeper nothing new is met: what goes on refers to itself. */
const MAX_DEPTH = 12;

/** Inputs that do not match a schema: at each of its places, in each of its forms, one strange value. */
export function wrongInputs(schema: Schema, depth = 0): readonly unknown[] {
  if (depth > MAX_DEPTH) return [];
  return [...STRANGE, ...insideOf(schema, depth + 1)];
}

function insideOf(schema: Schema, depth: number): readonly unknown[] {
  const def = definitionOf(schema);
  switch (def.type) {
    case 'object': {
      const whole = literalsOf(def.shape);
      const fields = Object.entries(def.shape).flatMap(([name, field]) =>
        wrongInputs(field, depth).map((value) => ({ ...whole, [name]: value })),
      );
      return [whole, { ...whole, strange: 1 }, ...fields];
    }
    case 'array':
      return wrongInputs(def.element, depth).map((value) => [value]);
    case 'tuple':
      return def.items.flatMap((item, place) =>
        wrongInputs(item, depth).map((value) => def.items.map((_, at) => at === place && value)),
      );
    case 'record':
      return [
        ...wrongInputs(def.valueType, depth).map((value) => ({ EUR: value, en: value, a: value })),
        { '☃ strange': 1 },
      ];
    case 'union':
      return def.options.flatMap((option) => insideOf(option, depth));
    case 'optional':
    case 'nullable':
    case 'default':
    case 'prefault':
    case 'nonoptional':
    case 'readonly':
    case 'catch':
      return insideOf(def.innerType, depth);
    case 'pipe':
      return [...insideOf(def.in, depth), ...insideOf(def.out, depth)];
    case 'lazy':
      return wrongInputs(def.getter(), depth);
    default:
      return [];
  }
}

/** The fields that say which form an object has. */
function literalsOf(shape: Readonly<Record<string, Schema>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(shape).flatMap(([name, field]) => {
      const def = definitionOf(field);
      return def.type === 'literal' ? [[name, def.values[0]]] : [];
    }),
  );
}
