import type { IndexedProduct } from '../src/model/index/indexed-product.js';
import { availabilities } from '../src/model/index/indexed-product.js';
import { indexed } from './indexed-products.js';

const ENGLISH =
  'running runner ran shoes shirts boxes batteries flies tied skies easily happily relational conditional rationally digitizer conformable radically differently vileness analogously operator feudalism decisiveness hopefulness callousness formality sensitivity sensibility triplicate formative formalize electricity electrical hopeful goodness revival allowance inference airliner gyroscopic adjustable defensible irritant replacement adjustment dependent adoption homologous communism and activate effective rated fizzed hopping tanned falling hissing filing failing conflated troubled sized sky dying news inning proceed generously communities arsenal';
const GERMAN =
  'Häuser und Häusern Laufschuhe laufen gelaufen Bücher Bremsscheiben Bremsbeläge Öle Ölfilter Größen größere Straße Straßen Kindern Kindes Frauen Freundlichkeit freundlichen Zeitungen Möglichkeiten möglichst aufgeräumt Ladegeräte Ladegerät Schraubenzieher Äpfel Übungen übertragbar Wahrheiten Eigenheit heiterste wichtigsten Kategorien Bäckereien';
const OTHERS =
  'T-Shirt t shirt 7/8 e-mail@shop.example http://a.b/c/d/e/f USB-C Čapek Łódź İstanbul ısı ΑΓΟΡΆΣ Αγορας naïve Œuvre Ærø đak þing 緑茶 みどり茶 ﬁlter ½ ² Ｗｉｄｅ สวัสดี किताब ガス 😀 ’n’ Ünïcödé co-op don’t ZFS_RAID';
const VALUES = ['16 mm', '1.5 l', '−20 °C', '1,500', '2,5 in', 'wide', '1e3', '0', '007 kg', 'ß'];

const words = `${ENGLISH} ${GERMAN} ${OTHERS}`.split(' ');

/** Products in which everything is that code may come to take otherwise. */
export function sampleProducts(): IndexedProduct[] {
  return Array.from({ length: 30 }, (_, number) => {
    const own = Array.from({ length: 8 }, (_each, at) => words[(number * 7 + at) % words.length]);
    const name = own.slice(0, 1 + (number % 5)).join(' ');
    return indexed(number, {
      names: { en: name, de: `${name} ${number % 3}` },
      texts: [
        { field: 'name', text: name, locale: number % 2 === 0 ? 'en' : 'de-AT' },
        { field: 'code', text: `SKU-${number}/A` },
        { field: 'brand', text: `Märke ${number % 4}` },
        { field: 'title', text: own.slice(3).join(' ') },
        { field: 'option', text: 'rot/blau' },
        { field: 'attribute', text: VALUES[number % VALUES.length] ?? '' },
        {
          field: 'description',
          text: Array.from({ length: number }, () => own.join(' ')).join(' '),
        },
      ],
      brand: number % 5 === 0 ? null : `Märke ${number % 4}`,
      categoryId: number % 7 === 0 ? null : `category-${number % 6}`,
      attributes: VALUES.slice(number % 3, number % 9).map((value, at) => ({
        code: at % 2 === 0 ? 'size' : 'width',
        value,
      })),
      prices: {
        EUR: Array.from({ length: number % 4 }, (_each, at) => 1_000 * number + 37 * at ** 2),
        ...(number % 2 === 0 ? { JPY: [number * 111] } : {}),
      },
      availability: availabilities[number % 3] ?? 'in-stock',
      createdAt: 1_700_000_000_000 + ((number * 13) % 30) * 1_000,
      publishedAt: 1_700_000_000_000 + number * 86_400_000,
      popularity: (number * 7) % 16,
    });
  });
}
