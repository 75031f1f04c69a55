import { describe, expect, it } from '@jest/globals';
import { demoPicture } from './demo-picture.js';
import { demoShop } from './demo-shop.js';

const { products } = demoShop();

/** Throws unless the text is one well-formed element; knows as much XML as the pictures use. */
function expectWellFormed(xml: string): void {
  const open: string[] = [];
  let rest = xml;
  const token =
    /^(?:<([a-zA-Z]+)((?: [a-zA-Z0-9-]+="[^"<&]*(?:&[a-z]+;[^"<&]*)*")*)(\/?)>|<\/([a-zA-Z]+)>|[^<>&]+|&(?:amp|lt|gt|quot);)/;
  while (rest !== '') {
    const match = token.exec(rest);
    if (match === null) throw new Error(`not well formed at ${rest.slice(0, 80)}`);
    const [whole, start, attributes = '', selfClosing, end] = match;
    const names = [...attributes.matchAll(/ ([a-zA-Z0-9-]+)=/g)].map(([, name]) => name);
    if (new Set(names).size < names.length) throw new Error(`an attribute twice in ${whole}`);
    if (start !== undefined && selfClosing === '') open.push(start);
    if (end !== undefined && open.pop() !== end) throw new Error(`unexpected </${end}>`);
    rest = rest.slice(whole.length);
    if (open.length === 0 && rest !== '') throw new Error('something behind the root element');
  }
}

describe('demoPicture', () => {
  it('draws a well-formed picture of every product, each one different', () => {
    const pictures = products.map(demoPicture);
    for (const picture of pictures) {
      expectWellFormed(picture);
      expect(picture).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" /);
      expect(picture).not.toMatch(/NaN|undefined|<script|href|\son[a-z]+=/);
      expect(picture.length).toBeLessThan(30_000);
    }
    expect(new Set(pictures).size).toBe(products.length);
    // Not by their captions alone.
    const drawings = pictures.map((picture) => picture.replaceAll(/<(title|text)[^]*?<\/\1>/g, ''));
    expect(new Set(drawings).size).toBeGreaterThan(150);
  });

  it('is the same at every call and escapes what it writes', () => {
    const [product] = products;
    if (product === undefined) throw new Error('no product');
    expect(demoPicture(product)).toBe(demoPicture(product));
    const hostile = { picture: { ...product.picture, title: '</title><script>&"', brand: '<b>' } };
    expectWellFormed(demoPicture(hostile));
    expect(demoPicture(hostile)).not.toContain('<script>');
  });
});
