import type { StoreContent, StoreSettings } from '#libs/stores';
import { createHash } from 'node:crypto';
import { slugFrom, type ProductDraft, type VariantDraft } from '#authoring/catalog';
import { describeFact } from './demo-attributes.js';
import { batteries } from './demo-batteries.js';
import { brakes } from './demo-brakes.js';
import type { DemoBrand, DemoDepartment, DemoFamily, DemoKind, DemoText } from './demo-family.js';
import { demoId, demoNumber } from './demo-identity.js';
import { demoSettings } from './demo-settings.js';
import { lighting } from './demo-lighting.js';
import { oils } from './demo-oils.js';
import { barcodeFor, pricesFor, stockFor } from './demo-variant.js';
import { wheelsAndTyres } from './demo-wheels.js';

export interface DemoStore extends StoreContent {
  readonly id: string;
  readonly code: string;
}

export interface DemoCategory {
  readonly id: string;
  readonly slug: string;
  /** Undefined at the top of the tree. */
  readonly parentId: string | undefined;
  readonly position: number;
  readonly name: DemoText;
}

export interface DemoProduct {
  readonly id: string;
  readonly slug: string;
  readonly categoryId: string;
  /** What the picture is drawn from. */
  readonly picture: DemoPictureSubject;
  readonly draft: ProductDraft;
  /** Ids of what goes together with it, best first. */
  readonly relatedIds: readonly string[];
}

export interface DemoPictureSubject {
  readonly title: string;
  readonly department: string;
  readonly family: string;
  readonly brand: string;
  readonly series: string;
  /** Tells the products of a family apart; from 0. */
  readonly variation: number;
}

export interface DemoShop {
  readonly store: DemoStore;
  readonly settings: StoreSettings;
  /** Parents in front of their children. */
  readonly categories: readonly DemoCategory[];
  readonly products: readonly DemoProduct[];
}

const departments = [brakes, lighting, wheelsAndTyres, batteries, oils];
const RELATED_PER_SOURCE = 2;

/** Where the picture of a demo product is served. */
export function demoPicturePath(slug: string): string {
  return `/media/demo/${slug}.svg`;
}

/**
 * The demo shop: invented brands of car parts, in English and German, in euros and dollars. Pure
 * data: every call gives an equal value, ids included, which are derived from names.
 */
export function demoShop(): DemoShop {
  const products = departments.flatMap((department) =>
    department.families.flatMap((family) => productsOf(department, family)),
  );
  return {
    store: {
      id: demoId('store', 'main'),
      code: 'main',
      name: 'Lockstep Car Parts',
      currencies: ['EUR', 'USD'],
      locales: ['en', 'de'],
      defaultCurrency: 'EUR',
      defaultLocale: 'en',
    },
    settings: demoSettings,
    categories: departments.flatMap(categoriesOf),
    products: products.map((product) => ({ ...product, relatedIds: relatedTo(product, products) })),
  };
}

function categoriesOf({ slug, name, families }: DemoDepartment, position: number): DemoCategory[] {
  const id = demoId('category', slug);
  return [
    { id, slug, parentId: undefined, position, name },
    ...families.map((family, index) => ({
      id: demoId('category', family.slug),
      slug: family.slug,
      parentId: id,
      position: index,
      name: family.name,
    })),
  ];
}

type UnrelatedProduct = Omit<DemoProduct, 'relatedIds'> & { readonly goesWith: readonly string[] };

function productsOf(department: DemoDepartment, family: DemoFamily): UnrelatedProduct[] {
  return family.kinds.flatMap((kind, kindIndex) =>
    department.brands.map((brand, brandIndex) => {
      const series = family.series[brandIndex] ?? '';
      const variation = kindIndex * department.brands.length + brandIndex;
      const skuStem = `${brand.code}-${family.code}${kindIndex + 1}`;
      return productOf({ department, family, kind, brand, series, variation, skuStem });
    }),
  );
}

interface Parts {
  readonly department: DemoDepartment;
  readonly family: DemoFamily;
  readonly kind: DemoKind;
  readonly brand: DemoBrand;
  readonly series: string;
  readonly variation: number;
  readonly skuStem: string;
}

function productOf(parts: Parts): UnrelatedProduct {
  const { department, family, kind, brand, series, variation } = parts;
  const title = `${brand.name} ${series} ${kind.name.en}`;
  const slug = slugFrom(title);
  const categoryId = demoId('category', family.slug);
  const content = {
    sourceKey: slug,
    slug,
    status: 'active' as const,
    brand: brand.name,
    categoryId,
    categoryPath: [department.name.en, family.name.en],
    texts: { en: textOf(parts, 'en'), de: textOf(parts, 'de') },
    options: [family.option.name],
    attributes: Object.entries(kind.facts).map(([code, value]) => ({ code, value: String(value) })),
    images: [{ url: demoPicturePath(slug), alt: title }],
    variants: variantsOf(parts),
  };
  const sourceHash = createHash('sha256').update(JSON.stringify(content)).digest('hex');
  return {
    id: demoId('product', slug),
    slug,
    categoryId,
    picture: {
      title,
      department: department.slug,
      family: family.slug,
      brand: brand.name,
      series,
      variation,
    },
    draft: { ...content, sourceHash },
    goesWith: family.goesWith,
  };
}

function textOf({ family, kind, brand, series }: Parts, locale: 'en' | 'de'): ProductText {
  const name = `${brand.name} ${series} ${kind.name[locale]}`;
  const facts = Object.entries(kind.facts).map(
    ([code, value]) => `<li>${describeFact(code, value, locale)}</li>`,
  );
  return {
    name,
    descriptionHtml: `<p>${kind.text[locale]}</p><p>${brand.text[locale]}</p><ul>${facts.join('')}</ul>`,
    seoTitle: `${name} | ${family.name[locale]}`,
    seoDescription: kind.text[locale],
  };
}

type ProductText = ProductDraft['texts'][string];

function variantsOf({ family, kind, brand, skuStem }: Parts): VariantDraft[] {
  return family.option.values.map(({ value, factor }, index) => {
    const sku = `${skuStem}-${index + 1}`;
    return {
      sku,
      optionValues: [value],
      barcode: barcodeFor(sku),
      weightGrams: Math.round(family.grams * factor),
      imageUrl: null,
      prices: pricesFor(sku, kind.priceMinor * brand.priceFactor * factor),
      stock: stockFor(sku),
    };
  });
}

/** Two of the same family, then two of each family it goes with. */
function relatedTo(product: UnrelatedProduct, all: readonly UnrelatedProduct[]): string[] {
  const families = [product.picture.family, ...product.goesWith];
  return families.flatMap((family) => {
    const candidates = all.filter((one) => one.picture.family === family && one.id !== product.id);
    const start = demoNumber(`related ${product.slug} ${family}`, candidates.length);
    return Array.from({ length: RELATED_PER_SOURCE }, (_, index) => {
      const candidate = candidates[(start + index) % candidates.length];
      return candidate === undefined ? [] : [candidate.id];
    }).flat();
  });
}
