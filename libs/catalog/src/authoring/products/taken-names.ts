import type { RuleBreach } from '#libs/kernel';
import { chunksOf, MAX_PARAMETERS, sql, type Transaction, type RowOf } from '#libs/database';
import type { Product } from '../../model/product.js';
import type { ProductEntity } from '../../model/product.entity.js';
import type { ProductVariantEntity } from '../../model/product-variant.entity.js';

type Named = Pick<Product, 'id' | 'slug' | 'variants'>;

/** The id of the product that has a SKU; null: no product has it any more. */
export type SkuOwners = ReadonlyMap<string, string | null>;

/** Which products have the slugs and SKUs that a batch wants, including those it gave out so far. */
export class TakenNames {
  private constructor(
    private readonly slugs: Map<string, string>,
    private readonly skus: Map<string, string>,
    /** SKUs that products of the batch have and no longer want, by who has them. */
    private readonly givenUp: ReadonlyMap<string, readonly string[]>,
  ) {}

  /**
   * What products outside the batch have, and what its own have and want to keep. `assumed` counts
   * before what is stored: it says what batches before this one changed and did not keep.
   */
  static async load(
    tx: Transaction,
    storeId: string,
    wanted: readonly Named[],
    assumed: SkuOwners,
  ): Promise<TakenNames> {
    const own = new Map(wanted.map((product) => [product.id, product]));
    const slugs = new Map<string, string>();
    for (const chunk of chunksOf([...new Set(wanted.map(({ slug }) => slug))], MAX_PARAMETERS)) {
      const rows = await tx.query<RowOf<ProductEntity, 'id' | 'slug'>>(
        sql`
          SELECT id, slug
          FROM product
          WHERE store_id = ${storeId} AND slug IN ${sql.in(chunk)}`,
      );
      for (const { id, slug } of rows) slugs.set(slug, id);
    }
    const skus = new Map<string, string>();
    const givenUp = new Map<string, string[]>();
    const wantedSkus = skusOf(wanted);
    for (const chunk of chunksOf(wantedSkus, MAX_PARAMETERS)) {
      const rows = await tx.query<RowOf<ProductVariantEntity, 'product_id' | 'sku'>>(
        sql`SELECT product_id, sku
            FROM product_variant
            WHERE store_id = ${storeId} AND sku IN ${sql.in(chunk)}`,
      );
      for (const { product_id: owner, sku } of rows) {
        if (sku === null) continue;
        const wants = own.get(owner)?.variants.some((variant) => variant.sku === sku) ?? true;
        if (wants) skus.set(sku, owner);
        else if (!assumed.has(sku)) givenUp.set(owner, [...(givenUp.get(owner) ?? []), sku]);
      }
    }
    for (const sku of wantedSkus) {
      const owner = assumed.get(sku);
      if (owner === null) skus.delete(sku);
      else if (owner !== undefined) skus.set(sku, owner);
    }
    return new TakenNames(slugs, skus, givenUp);
  }

  /** True for a product of the batch that has a SKU which another one may get. */
  givesUp(productId: string): boolean {
    return this.givenUp.has(productId);
  }

  /** The same names, before any is given out, when these products of the batch keep what they have. */
  whenKeptBy(productIds: ReadonlySet<string>): TakenNames {
    const skus = new Map(this.skus);
    for (const id of productIds) for (const sku of this.givenUp.get(id) ?? []) skus.set(sku, id);
    return new TakenNames(new Map(this.slugs), skus, this.givenUp);
  }

  isSlugTaken({ id, slug }: Named): boolean {
    return (this.slugs.get(slug) ?? id) !== id;
  }

  breaches(product: Named): RuleBreach[] {
    const breaches: RuleBreach[] = [];
    if (this.isSlugTaken(product)) {
      breaches.push({ path: 'slug', message: `another product has ${product.slug}` });
    }
    product.variants.forEach(({ sku }, index) => {
      if (sku !== null && (this.skus.get(sku) ?? product.id) !== product.id) {
        breaches.push({ path: `variants.${index}.sku`, message: `another product has ${sku}` });
      }
    });
    return breaches;
  }

  take({ id, slug, variants }: Named): void {
    this.slugs.set(slug, id);
    for (const { sku } of variants) if (sku !== null) this.skus.set(sku, id);
  }
}

/** What a change of products does to their SKUs. */
export function skuOwnersAfter(
  changes: readonly { readonly before?: Named | undefined; readonly after?: Named | undefined }[],
): SkuOwners {
  const owners = new Map<string, string | null>();
  for (const sku of skusOf(changes.flatMap(({ before }) => before ?? []))) owners.set(sku, null);
  for (const { after } of changes) {
    for (const sku of after === undefined ? [] : skusOf([after]))
      owners.set(sku, after?.id ?? null);
  }
  return owners;
}

function skusOf(products: readonly Named[]): string[] {
  const skus = products.flatMap(({ variants }) => variants.map(({ sku }) => sku));
  return [...new Set(skus)].filter((sku) => sku !== null);
}
