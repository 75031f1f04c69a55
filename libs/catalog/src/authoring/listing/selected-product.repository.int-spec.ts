import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { sql, type SqlQueries, type SqlStatement } from '#libs/database';
import { newId } from '#libs/kernel';
import { describeOnEachDatabase } from '#libs/testing';
import { CatalogFixture } from '../../../test/catalog-fixture.js';

describeOnEachDatabase(
  'products that are selected page by page',
  (open) => {
    let catalog: CatalogFixture;

    beforeAll(async () => {
      catalog = await CatalogFixture.open(open);
    });

    afterAll(() => catalog.close());

    it('reads no more for a page than what is on it', async () => {
      const plans: string[] = [];
      const explaining: SqlQueries = {
        query: async (statement: SqlStatement) => {
          const steps = await catalog.reader.query<{ detail: string }>(
            sql`EXPLAIN QUERY PLAN ${statement}`,
          );
          plans.push(steps.map(({ detail }) => detail).join('; '));
          return [];
        },
      };
      const attribute = { code: 'colour', value: 'red' };
      const selections = [{}, { brand: 'Bosch' }, { categoryId: newId() }, { attribute }];
      for (const selection of selections) {
        const range = { after: 'a', upTo: 'b' };
        await catalog.selectedProducts.list(explaining, newId(), selection, range, 100);
      }
      expect(plans).toHaveLength(selections.length);
      for (const plan of plans) {
        expect(plan).toMatch(/SEARCH p USING .*\(id>\? AND id<\?\)/);
        expect(plan).not.toContain('FOR ORDER BY');
      }
    });
  },
  { sqliteOnly: 'the plans of SQL Server depend on its statistics' },
);
