import type {
  IndexedProduct,
  SearchedText,
} from '../../libs/search/src/model/index/indexed-product.js';
import type { CategoryNames } from '../../libs/search/src/model/index/category-names.js';
import { categoryNames, indexed } from '../../libs/search/test/indexed-products.js';
import { randomNumbers } from '../../tools/generated-products.js';
import type { Grade, JudgedQuery } from './judged-query.js';

/** What a made product is; its texts say it, among other things. */
interface Nature {
  readonly kind: string;
  readonly material: string;
  readonly brand: string;
  /** The kind that it is made for, when it is an accessory. */
  readonly madeFor: string | undefined;
}

export interface MadeCatalog {
  readonly products: readonly IndexedProduct[];
  readonly queries: readonly JudgedQuery[];
  readonly categories: CategoryNames;
}

/** Kinds that share words, also in another order, as those of shops do. */
const kinds = [
  'garden chair',
  'garden table',
  'garden hose',
  'table lamp',
  'table cloth',
  'lamp shade',
  'desk lamp',
  'office desk',
  'office chair',
  'chair cushion',
  'coffee table',
  'coffee grinder',
  'coffee filter',
  'water filter',
  'water bottle',
  'bottle opener',
  'wine bottle rack',
  'bike rack',
  'bike light',
  'light switch',
  'kitchen knife',
  'knife block',
  'cutting board',
  'board game',
  'raincoat',
  'wallpaper',
  'toothbrush',
  'bookshelf',
  'bucket and spade',
  'mortar and pestle',
];
/** Where shops put them; accessories are in one category of their own, below the same root. */
const ROOT = { id: 'all', parentId: null, slug: 'all', name: 'Home and Garden' };
const categoryOf = (kind: string): string => `${kind.split(' ').at(-1) ?? kind}s`;
const categoryRows = ['accessories', ...new Set(kinds.map(categoryOf))].map((name) => ({
  id: name,
  parentId: ROOT.id,
  slug: name,
  name,
}));
const materials = ['steel', 'oak', 'bamboo', 'glass', 'cotton', 'leather', 'ceramic', 'copper'];
const brands = ['Hollenbeck', 'Trawberg', 'Quistling', 'Oakley Row', 'Copperfield', 'Vandermeer'];
const styles = ['Classic', 'Nordic', 'Urban', 'Rustic', 'Compact', 'Grand', 'Light', 'Garden'];

/**
 * A catalog that depends on the seed alone, with queries that are judged by what each product is, not
 * by how it is written: a kind, an accessory for another kind, or something whose description
 * mentions it.
 */
export function madeCatalog(count: number, seed: number): MadeCatalog {
  const random = randomNumbers(seed);
  const pick = <Item>(items: readonly Item[]): Item =>
    items[Math.floor(random() * items.length)] as Item;
  const natures = new Map<string, Nature>();
  const products = Array.from({ length: count }, (_, number) => {
    const kind = pick(kinds);
    // Of a single word there is no other order that would tell.
    const isAccessory = kind.includes(' ') && random() < 0.25;
    const nature: Nature = {
      kind: isAccessory ? 'accessory' : kind,
      material: pick(materials),
      brand: pick(brands),
      madeFor: isAccessory ? kind : undefined,
    };
    const product = write(number, nature, pick);
    natures.set(product.id, nature);
    return product;
  });
  const judged = (q: string, gradeOf: (nature: Nature) => Grade): JudgedQuery => ({
    q,
    locale: 'en',
    gradeOf: ({ id }) => gradeOf(natures.get(id) as Nature),
  });
  // Nothing but their category says that they are some.
  const accessories = materials.map((material) =>
    judged(`${material} accessories`, (nature) =>
      nature.kind !== 'accessory' ? 0 : nature.material === material ? 3 : 1,
    ),
  );
  const queries = kinds.flatMap((kind) => {
    const isKind = (nature: Nature): Grade =>
      nature.kind === kind ? 3 : nature.madeFor === kind ? 1 : 0;
    const material = pick(materials);
    const brand = pick(brands);
    return [
      judged(kind, isKind),
      judged(`${material} ${kind}`, (nature) =>
        nature.material === material ? isKind(nature) : nature.kind === kind ? 1 : 0,
      ),
      judged(`${kind} ${brand.toLowerCase()}`, (nature) =>
        nature.brand === brand ? isKind(nature) : nature.kind === kind ? 1 : 0,
      ),
      judged(mistyped(kind, random), isKind),
    ];
  });
  return {
    products,
    queries: [...queries, ...accessories],
    categories: categoryNames([ROOT, ...categoryRows]),
  };
}

function write(
  number: number,
  { kind, material, brand, madeFor }: Nature,
  pick: <Item>(items: readonly Item[]) => Item,
): IndexedProduct {
  const style = pick(styles);
  const name = madeFor === undefined ? `${style} ${kind}` : accessoryName(madeFor, style, pick);
  const title = pick([`${brand} ${name}`, name, `${name} by ${brand}`]);
  const texts: SearchedText[] = [
    { field: 'name', text: title, locale: 'en' },
    { field: 'brand', text: brand },
    { field: 'attribute', text: material },
    { field: 'code', text: `M-${number}` },
    {
      field: 'description',
      text: `${style} and made to last. Goes well with a ${pick(materials)} ${pick(kinds)}, a ${pick(kinds)}, or what ${pick(brands)} makes.`,
    },
  ];
  return indexed(number, {
    names: { en: title },
    texts,
    brand,
    categoryId: madeFor === undefined ? categoryOf(kind) : 'accessories',
    attributes: [{ code: 'material', value: material }],
  });
}

/** Has the words of the kind, but not always beside each other. */
function accessoryName(
  kind: string,
  style: string,
  pick: <Item>(items: readonly Item[]) => Item,
): string {
  const words = kind.split(' ').filter((word) => word !== 'and');
  const [first = '', second = first] = words;
  return pick([
    `${style} ${second} pad ${first}`,
    `${second} for ${first}`,
    `${second} and ${first} set`,
  ]);
}

/** One neighbour exchanged in the longest word. */
function mistyped(kind: string, random: () => number): string {
  const word = kind.split(' ').reduce((one, other) => (other.length > one.length ? other : one));
  const at = 1 + Math.floor(random() * (word.length - 3));
  const wrong = `${word.slice(0, at)}${word[at + 1]}${word[at]}${word.slice(at + 2)}`;
  return kind.replace(word, wrong);
}
