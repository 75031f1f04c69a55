import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeOnEachDatabase } from '#libs/testing';
import { productDraft } from '../../../../libs/catalog/test/catalog-drafts.js';
import { SearchOffice } from '../../../../test/support/search-office.js';

describeOnEachDatabase('the filters of an explained search', (open) => {
  let office: SearchOffice;

  beforeAll(async () => {
    const of = (key: string, brand: string, width: string) =>
      productDraft(key, {
        name: `Brake ${key}`,
        brand,
        categoryPath: ['Safety', key === 'drum' ? 'Rear axle' : 'Front axle'],
        attributes: [
          { code: 'width', value: width },
          { code: 'colour', value: key === 'disc' ? 'red' : 'blue' },
        ],
      });
    office = await SearchOffice.open(open, [
      of('disc', 'Acme', '10 mm'),
      of('pad', 'Bosch', '15 mm'),
      of('drum', 'Lumen', '20 mm'),
    ]);
  });

  afterAll(() => office?.close());

  const names = async (query: Record<string, string>): Promise<string[]> => {
    const { body } = await office.explain({ q: 'brake', ...query });
    expect(body.total).toBe(body.items.length);
    return body.items.map(({ name }) => name).sort();
  };

  it('are those of a list', async () => {
    expect(await names({ 'filter[colour]': 'blue' })).toEqual(['Brake drum', 'Brake pad']);
    expect(await names({ 'range[width]': '10..<20 mm' })).toEqual(['Brake disc', 'Brake pad']);
    const either = { 'range[width]': '..12 mm', 'filter[width]': '20 mm' };
    expect(await names(either)).toEqual(['Brake disc', 'Brake drum']);
    expect(await names({ since: '2020-01-01' })).toHaveLength(3);
    expect(await names({ since: '9999-12-31' })).toEqual([]);
    expect(await names({ 'filter[brand]': 'Acme' })).toEqual(['Brake disc']);
    expect(await names({ 'filter[brand]': 'Acme', brand: 'Bosch' })).toEqual([
      'Brake disc',
      'Brake pad',
    ]);
  });

  it('leave what its category answers, by the name of it or of one above', async () => {
    expect(await names({ q: 'brake rear' })).toEqual(['Brake drum']);
    const { body } = await office.explain({ q: 'safety', 'filter[brand]': 'Lumen' });
    expect(body.items).toMatchObject([
      {
        name: 'Brake drum',
        words: [
          {
            word: 'safety',
            answers: [
              { term: 'Safety', way: 'exact', points: 4_500, fields: [{ field: 'category' }] },
            ],
          },
        ],
      },
    ]);
  });

  it('are named where they keep a product out', async () => {
    const product = (await office.explain({ q: 'disc' })).body.items[0]?.id ?? '';
    const asked = await office.explain({
      q: 'brake',
      product,
      since: '9999-12-31',
      'filter[colour]': 'blue',
      'range[width]': '15.. mm',
    });
    expect(asked.body).toMatchObject({
      total: 0,
      items: [
        {
          id: product,
          place: null,
          droppedBy: ['since', 'attribute:colour', 'attribute:width'],
        },
      ],
    });
  });

  it('are refused when they are none', async () => {
    for (const [name, value] of [
      ['range[width]', '20..10 mm'],
      ['since', '2026-02-30'],
      ['colour', 'red'],
    ] as const) {
      expect(await office.explain({ q: 'brake', [name]: value })).toMatchObject({
        status: 400,
        body: { code: 'http.validation-failed', errors: [{ path: name }] },
      });
    }
    for (const [name, value] of [
      ['locale', 'fr'],
      ['locale', 'constructor'],
      ['currency', 'XXX'],
    ] as const) {
      expect(await office.explain({ q: 'brake', [name]: value })).toMatchObject({
        status: 400,
        body: { code: `catalog.${name}-unknown` },
      });
    }
    const inverted = { q: 'brake', 'price[min]': '2', 'price[max]': '1' };
    expect(await office.explain(inverted)).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'price[max]' }] },
    });
  });
});
