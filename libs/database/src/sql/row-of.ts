type SnakeCase<Text extends string> = Text extends `${infer First}${infer Rest}`
  ? `${First extends Lowercase<First> ? First : `_${Lowercase<First>}`}${SnakeCase<Rest>}`
  : Text;

type Columns<Entity> = {
  readonly [Property in keyof Entity & string as SnakeCase<Property>]: Entity[Property];
};

/**
 * What a statement reads of a table, by column, as its entity describes it: names, types and what may
 * be null are written down once. The columns are named as their properties are, in snake case; the
 * comparison of entities with the schema holds them to it.
 *
 * @example type HeadRow = RowOf<ProductEntity, 'id' | 'slug' | 'updated_at'>;
 */
export type RowOf<Entity, Column extends keyof Columns<Entity> = keyof Columns<Entity>> = Pick<
  Columns<Entity>,
  Column
>;

/** Columns of a table that an outer join may not have found: all of them are null then. */
export type OuterRowOf<Entity, Column extends keyof Columns<Entity>> =
  RowOf<Entity, Column> | { readonly [Name in Column]: null };

/**
 * Columns under the names that a statement gives them, where two tables have the same one.
 *
 * @example type GroupRow = Renamed<RowOf<CustomerGroupEntity, 'code'>, { group_code: 'code' }>;
 */
export type Renamed<Row, Names extends Readonly<Record<string, keyof Row>>> = {
  readonly [Name in keyof Names]: Row[Names[Name]];
};
