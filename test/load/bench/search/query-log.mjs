// What shoppers type into the search box of a generated shop: words as frequent as in its products, none asked twice.
import { requireOfProduct } from '../lib/product.mjs';
import { randomFrom } from './synthetic-shop.mjs';

const NAMES = 20_000;
const MIN_LENGTH = 3;

/** Answers a function that gives the n-th query string of a list: with words, facets and a price nobody asked for before. */
export function queryLog(file, seed) {
  const words = wordsOf(file);
  const random = randomFrom(seed);
  const pick = () => words[Math.floor(random() * words.length)];
  return (number) => {
    const chosen = Array.from({ length: 1 + Math.floor(random() * 3) }, pick);
    const last = chosen.length - 1;
    if (random() < 0.5) chosen[last] = chosen[last].slice(0, MIN_LENGTH + Math.floor(random() * 4));
    const q = encodeURIComponent(chosen.join(' '));
    return `q=${q}&facets=true&limit=24&price[min]=${number}`;
  };
}

/** Every word as often as names have it. */
function wordsOf(file) {
  const Database = requireOfProduct('better-sqlite3');
  const database = new Database(file, { readonly: true });
  const names = database
    .prepare(`SELECT name FROM product_translation ORDER BY product_id LIMIT ${NAMES}`)
    .pluck()
    .all();
  database.close();
  return names
    .join(' ')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(({ length }) => length >= MIN_LENGTH);
}
