// Products and queries from a fixed seed: the words follow Zipf's law, as those of real shops do.

const VOCABULARY = 40_000;
const SYLLABLES =
  'ba be bi bo bu da de di do du fa fe ga go ka ke ki ko la le li lo ma me mi mo na ne ni no pa pe pi ra re ri ro sa se si so ta te ti to va ve wa za zo'.split(
    ' ',
  );

/** A generator of numbers in [0, 1), the same for the same seed. */
export function randomFrom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d_2b_79_f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** The n-th word of the language of the shop, most frequent first. */
function wordAt(rank) {
  let text = '';
  for (let rest = rank + 60; rest > 0; rest = Math.floor(rest / SYLLABLES.length)) {
    text += SYLLABLES[rest % SYLLABLES.length];
  }
  return text;
}

/** Words with their cumulated frequencies. */
function vocabulary() {
  const words = Array.from({ length: VOCABULARY }, (_, rank) => wordAt(rank));
  let total = 0;
  const sums = words.map((_, rank) => (total += 1 / (rank + 2.7)));
  return { words, cumulative: Float64Array.from(sums, (sum) => sum / total) };
}

export class SyntheticShop {
  constructor(seed) {
    this.random = randomFrom(seed);
    this.language = vocabulary();
  }

  word() {
    const { words, cumulative } = this.language;
    const wanted = this.random();
    let low = 0;
    let high = cumulative.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (cumulative[middle] < wanted) low = middle + 1;
      else high = middle;
    }
    return words[low];
  }

  words(count) {
    return Array.from({ length: count }, () => this.word()).join(' ');
  }

  int(below) {
    return Math.floor(this.random() * below);
  }

  /** About 29 different words, five attributes, one to six variants. */
  product(number) {
    const name = this.words(3 + this.int(4));
    const price = 500 + this.int(50_000);
    const brand = `Brand ${this.int(300)}`;
    const attributes = ['color', 'size', 'material', 'season', 'fit'].map((code, index) => ({
      code,
      value: `${code} ${this.int(8 + index * 6)}`,
    }));
    return {
      id: `00000000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`,
      names: { en: name },
      texts: [
        { field: 'name', text: name },
        { field: 'brand', text: brand },
        { field: 'code', text: `SKU-${number}` },
        ...attributes.map(({ value }) => ({ field: 'attribute', text: value })),
        { field: 'description', text: this.words(18) },
      ],
      brand,
      categoryId: `category-${this.int(120)}`,
      attributes,
      prices: {
        EUR: Array.from({ length: 1 + this.int(6) }, (_, index) => price + index * 100),
      },
      availability: this.int(10) === 0 ? 'out-of-stock' : 'in-stock',
      createdAt: 1_700_000_000_000 + number * 1_000,
      publishedAt: 1_700_000_000_000 + number * 1_000,
      popularity: number % 16,
    };
  }

  products(count) {
    return Array.from({ length: count }, (_, number) => this.product(number));
  }

  /** What shoppers type: one to three words, the last one often cut off, one in ten with a typing error. */
  query() {
    const words = Array.from({ length: 1 + this.int(3) }, () => this.word());
    const last = words.length - 1;
    if (this.int(2) === 0) words[last] = words[last].slice(0, 3 + this.int(4));
    if (this.int(10) === 0) {
      const at = this.int(words.length);
      const place = this.int(words[at].length);
      words[at] = `${words[at].slice(0, place)}x${words[at].slice(place + 1)}`;
    }
    return words.join(' ');
  }
}
