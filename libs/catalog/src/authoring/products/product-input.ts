import type { Store } from '#libs/stores';
import { sanitiseHtml } from '#libs/product-csv';
import { slugFrom, slugWithId } from '../../model/slug.js';
import { catalogErrors } from '../../model/catalog.errors.js';
import { matchVariants, settledVariant } from './draft-matching.js';
import type { VariantDraft } from '../../model/product-draft.js';
import type { ProductSheet, SheetVariant } from '../../model/product-sheet.js';
import type { ProductContent, ProductText } from '../../model/product.js';

/** A variant as staff send it; without an id it is recognised by SKU, else by option values. */
export interface VariantInput extends VariantDraft {
  readonly id?: string | undefined;
}

export interface NewProduct extends Omit<ProductContent, 'slug' | 'variants'> {
  /** Made from the name when absent. */
  readonly slug?: string | undefined;
  readonly variants: readonly VariantInput[];
}

/** What is absent stays as it is; lists and texts are replaced as a whole. */
export type ProductPatch = {
  readonly [Name in keyof NewProduct]?: NewProduct[Name] | undefined;
};

type SheetContent = Omit<ProductContent, 'variants'> & Pick<ProductSheet, 'variants'>;

/** The content of a product that is being created. */
export function newContent(store: Store, id: string, input: NewProduct): SheetContent {
  const generated = slugFrom(input.texts[store.defaultLocale]?.name ?? '');
  return {
    ...input,
    slug: input.slug ?? (generated === '' ? slugWithId('', id) : generated),
    texts: safeTexts(input.texts),
    variants: identified([], input.variants),
  };
}

/** The content of a product after a patch. */
export function contentOf(product: ProductSheet, patch: ProductPatch): Partial<SheetContent> {
  const { texts, variants, ...rest } = patch;
  const given = Object.fromEntries(
    Object.entries(rest).filter(([, value]) => value !== undefined),
  ) as Partial<SheetContent>;
  return {
    ...given,
    ...(texts === undefined ? {} : { texts: safeTexts(texts) }),
    ...(variants === undefined
      ? withoutLostImages(product, patch)
      : { variants: identified(product.variants, variants) }),
  };
}

/** Variants whose image leaves the product with a patch of the images alone have none any more. */
function withoutLostImages(
  product: ProductSheet,
  { images }: ProductPatch,
): Partial<Pick<ProductSheet, 'variants'>> {
  if (images === undefined) return {};
  const urls = new Set(images.map(({ url }) => url));
  const isLost = ({ imageUrl }: SheetVariant): boolean => imageUrl !== null && !urls.has(imageUrl);
  if (!product.variants.some(isLost)) return {};
  return {
    variants: product.variants.map((one) => (isLost(one) ? { ...one, imageUrl: null } : one)),
  };
}

/** Staff paste descriptions from anywhere; what is stored is safe to embed. */
function safeTexts(
  texts: Readonly<Record<string, ProductText>>,
): Readonly<Record<string, ProductText>> {
  return Object.fromEntries(
    Object.entries(texts).map(([locale, text]) => [
      locale,
      { ...text, descriptionHtml: sanitiseHtml(text.descriptionHtml) },
    ]),
  );
}

/** An id must be that of a variant the product has: ids are given out here only. */
function identified(
  known: readonly SheetVariant[],
  inputs: readonly VariantInput[],
): SheetVariant[] {
  const named = new Set(inputs.flatMap(({ id }) => id ?? []));
  const foreign = [...named].find((id) => known.every((variant) => variant.id !== id));
  if (foreign !== undefined) {
    throw catalogErrors.variantNotFound({ details: { variant: foreign } });
  }
  const free = known.filter(({ id }) => !named.has(id));
  const anonymous = inputs.filter(({ id }) => id === undefined);
  const matched = matchVariants(free, anonymous);
  return inputs.map((input) => {
    if (input.id !== undefined) {
      const before = known.find(({ id }) => id === input.id);
      return settledVariant(before, { ...input, id: input.id });
    }
    const variant = matched[anonymous.indexOf(input)];
    if (variant === undefined) throw new TypeError('every variant without an id is matched');
    return variant;
  });
}
