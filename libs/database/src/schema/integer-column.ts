/** A 64-bit integer column of an entity: tedious hands such values out as text, the product's are below 2^53. */
export const integerColumn = {
  type: 'bigint',
  transformer: {
    from: (value: string | number | null) => (value === null ? null : Number(value)),
    to: (value: unknown) => value,
  },
} as const;
