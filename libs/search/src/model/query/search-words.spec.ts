import { describe, expect, it } from '@jest/globals';
import {
  idAt,
  indexed,
  named,
  pageOf,
  selectionOf,
  storeIndexOf,
} from '../../../test/indexed-products.js';
import type { IndexedProduct } from '../index/indexed-product.js';
import { parseQuery } from './parse-query.js';

/** The numbers of the products that a query finds, best first. */
function found(products: readonly IndexedProduct[], q: string, locale = 'en'): number[] {
  const ids = products.map(({ id }) => id);
  return storeIndexOf(products)
    .page(selectionOf({ q, locale }), pageOf({ sort: 'relevance' }))
    .ids.map((id) => ids.indexOf(id));
}

const finds = (name: string, q: string, locale?: string): boolean =>
  found([named(0, name)], q, locale).length > 0;

describe('words that are searched for', () => {
  it.each([
    ['Café crème', 'cafe creme'],
    ['Cafe', 'café'],
    ['Straße', 'strasse'],
    ['Strasse', 'straße'],
    ['Ärmel', 'aermel'],
    ['Ärmel', 'armel'],
    ['Aermel', 'ärmel'],
    ['Größe', 'groesse'],
    ['Fuß', 'fuss'],
    // Too short for a typing error.
    ['Öl', 'oel'],
    ['Oel', 'öl'],
    ['Öl', 'ol'],
    ['IŞIK', 'ışık'],
    ['Işık', 'isik'],
    ['İstanbul', 'istanbul'],
    ['ISTANBUL', 'ıstanbul'],
    ['ΟΔΟΣ', 'οδος'],
    ['ｶﾞｽ', 'ガス'],
    ['किताब', 'किता'],
    ['ที่นอน', 'ที่นอน'],
  ])('are the same however they are written: %s is found by %s', (name, q) => {
    expect(finds(name, q)).toBe(true);
  });

  it('are as good with ae, oe, ue at their end, also in a compound', () => {
    const names = ['Menue Karte', 'Menus Karte'].map((name, number) => named(number, name));
    expect(found(names, 'Menü Karte')).toEqual([0, 1]);
    expect(found(names, 'Menü-Karte')).toEqual([0, 1]);
    expect(parseQuery('Menü-Karte', undefined).map(({ forms }) => forms)).toEqual([
      ['menu', 'menue'],
      ['karte'],
    ]);
  });

  it('are found with a number and its unit written apart or as one', () => {
    const products = ['Bolt 10mm', 'Bolt 10 mm', 'Bolt 5 mm', 'Bolt 10 cm'].map((name, number) =>
      named(number, name),
    );
    expect(found(products, '10mm')).toEqual([0, 1]);
    expect(found(products, 'bolt 10 mm')).toEqual([1, 0]);
    expect(finds('Motor 12 В', '12В')).toBe(true);
    // A name of a model is one word.
    expect(finds('10 Gears', '10gears')).toBe(false);
    expect(finds('A 10', 'a10')).toBe(false);
  });

  it.each([
    ['बाल', 'बल'],
    ['ガス', 'カス'],
    ['ที่นอน', 'ทานอน'],
  ])('are others with other signs: %s is not found by %s', (name, q) => {
    expect(finds(name, q)).toBe(false);
  });

  it('are beside each other in a name although a stop word is between them', () => {
    const products = (locale: string, ...names: string[]) =>
      names.map((text, number) =>
        indexed(number, { names: { en: text }, texts: [{ field: 'name', text, locale }] }),
      );
    const rock = products('en-GB', 'Rock and Roll', 'Roll rock', 'Rock big Roll');
    expect(found(rock, 'rock and roll')).toEqual([0, 1, 2]);
    expect(found(rock, 'rock roll')).toEqual([0, 1, 2]);
    const paper = products('de', 'Stift und Papier', 'Papier Stift');
    expect(found(paper, 'stift und papier', 'de')).toEqual([0, 1]);
    // Of another language they are words like others.
    const hats = products('en', 'Hat und Rot', 'Rot Hat');
    expect(found(hats, 'hat rot')).toEqual([1, 0]);
    // Where there is nothing else.
    expect(found(products('en', 'The Who', 'Who the'), 'the who')).toEqual([0, 1]);
  });

  it.each([
    ['T-Shirt', 'tshirt'],
    ['T-Shirt', 't-shirt'],
    ['T-Shirt', 't shirt'],
    ['Tshirt', 't-shirt'],
    ['Tshirt', 't shirt'],
    ['Ärmel T-Shirt', 'aermel tshirt'],
    ['Büro-Drehstuhl', 'bürodrehstuhl'],
    ['USB-C-Kabel', 'usbc kabel'],
    ['Notebook', 'note book'],
    ['BRK-100/A', 'brk100a'],
  ])('are joined and taken apart: %s is found by %s', (name, q) => {
    expect(finds(name, q)).toBe(true);
  });

  it.each([
    ['日本語緑茶', '緑茶'],
    ['日本語緑茶', '茶'],
    ['日本語緑茶', '本語緑'],
    ['あ𠮷田商店', 'あ'],
    ['あ𠮷田商店', 'あ𠮷'],
    ['あ𠮷田商店', '𠮷田'],
    ['𠮷', '𠮷'],
    ['iPhone手机壳', '手机'],
    ['iPhone手机壳', 'iphone'],
    ['กาแฟคั่วบด', 'คั่ว'],
  ])('are found in scripts without spaces: %s by %s', (name, q) => {
    expect(finds(name, q)).toBe(true);
  });

  it('are not found where a script without spaces has other neighbours', () => {
    expect(finds('日本語緑茶', '茶緑')).toBe(false);
    expect(finds('日本語緑茶', '語茶')).toBe(false);
  });

  it.each([
    ['Running shoes', 'shoe', 'en'],
    ['Running shoe', 'shoes', 'en'],
    ['Brake', 'braking', 'en'],
    ['Häuser', 'haus', 'de'],
    ['Bremsbelag', 'bremsbeläge', 'de'],
    ['Bremsbeläge', 'bremsbelages', 'de-AT'],
  ])('have a stem: %s is found by %s in %s', (name, q, locale) => {
    expect(finds(name, q, locale)).toBe(true);
  });

  it('are left out when they say nothing, unless nothing else is said', () => {
    expect(finds('Pad disc', 'the pad for the disc')).toBe(true);
    expect(finds('Belag Scheibe', 'der Belag für die Scheibe', 'de')).toBe(true);
    expect(finds('The The', 'the')).toBe(true);
    expect(finds('Belag', 'der Belag', 'fr')).toBe(false);
  });

  it('all have to be answered, each by the beginning of a word', () => {
    expect(finds('Brake pad front', 'bra fro')).toBe(true);
    expect(finds('Brake pad front', 'ake')).toBe(false);
    expect(finds('Brake pad front', 'brake wheel')).toBe(false);
    expect(finds('Brake pad front', "%'; --")).toBe(false);
    const products = [named(0, 'brake pad'), named(1, 'wheel pad'), named(2, 'brake wheel')];
    expect(found(products, 'brake wheel')).toEqual([2]);
  });

  it('may have an error from four letters on, two from eight, none in numbers', () => {
    expect(finds('pad', 'pat')).toBe(false);
    for (const q of ['brke', 'brqke', 'barke', 'braake', 'crake']) {
      expect([q, finds('brake', q)]).toEqual([q, true]);
    }
    expect(finds('brake', 'brqqe')).toBe(false);
    expect(finds('handlebar', 'hamdlepar')).toBe(true);
    expect(finds('handlebar', 'hamdlepor')).toBe(false);
    expect(finds('A1004', 'a1005')).toBe(false);
    expect(finds('handlebars chrome', 'hnadle')).toBe(true);
  });

  it('are taken as they are when a product has them so', () => {
    const products = [named(0, 'pedal'), named(1, 'medal')];
    expect(found(products, 'pedal')).toEqual([0]);
    expect(new Set(found(products, 'zedal'))).toEqual(new Set([0, 1]));
    const [pad] = [named(0, 'brake pads'), named(1, 'brave wheel')];
    expect(found([pad, named(1, 'brave wheel')], 'brave pads')).toEqual([0]);
  });

  it('rank whole words before beginnings, names before brands before descriptions', () => {
    const products = [
      named(0, 'lamp', { field: 'description', text: 'for a shirt' }),
      named(1, 'shirtless statue'),
      named(2, 'a red shirt with a long name'),
      named(3, 'shirt'),
      named(4, 'socks', { field: 'brand', text: 'Shirt' }),
    ];
    expect(found(products, 'shirt')).toEqual([3, 2, 4, 1, 0]);
  });

  it('rank names with the words beside each other first', () => {
    const products = [named(0, 'pad brake for the'), named(1, 'the brake pad for')];
    expect(found(products, 'brake pad')).toEqual([1, 0]);
    expect(found(products, 'pad brake')).toEqual([0, 1]);
    expect(found(products, 'brkae pad')).toEqual([1, 0]);
    const newer = [named(0, 'the brake pad for'), named(1, 'pad brake for the')];
    expect(found(newer, 'brkae pad')).toEqual([0, 1]);
  });

  it('rank what can be had first, and what is newer of two that are the same', () => {
    const soldOut = { ...named(2, 'pad'), availability: 'out-of-stock' as const };
    expect(found([named(0, 'pad'), named(1, 'pad'), soldOut], 'pad')).toEqual([1, 0, 2]);
  });

  it('are bounded', () => {
    expect(parseQuery('a1 b2 c3 d4 e5 f6 g7 h8 i9', undefined)).toHaveLength(8);
    expect(parseQuery('緑'.repeat(3) + '日本語茶'.repeat(50), undefined).length).toBeLessThan(17);
    expect(finds('x'.repeat(70), 'x'.repeat(70))).toBe(true);
  });

  it('are found again in whatever place a product has them', () => {
    const product = indexed(0, {
      texts: [
        { field: 'name', text: 'Pad' },
        { field: 'code', text: 'SKU-1' },
        { field: 'description', text: `${'word '.repeat(400)}end` },
      ],
    });
    expect(found([product], 'sku1 pad word')).toEqual([0]);
    expect(found([product], 'end')).toEqual([]);
    expect(product.id).toBe(idAt(0));
  });
});
