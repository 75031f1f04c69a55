import { describe, expect, it } from '@jest/globals';
import { PublishedProductViewRepository } from '#libs/catalog';
import { SqlReader, type ReadSource } from '#libs/database';
import { BestAvailabilityViewRepository } from '#libs/inventory';
import { OfferedPriceViewRepository } from '#libs/pricing';
import { StoreLookup } from '#libs/stores';
import { CatalogIndexSource } from './catalog-index-source.js';
import type { SourceStore } from './index-source.js';

/** Answers nothing before the test is over. */
class SilentSource implements ReadSource {
  readonly asked: string[] = [];

  read({ text }: Parameters<ReadSource['read']>[0]): Promise<never> {
    this.asked.push(text);
    return new Promise(() => undefined);
  }
}

describe('what an index is made of', () => {
  it('is asked for in one step when it has changed: a trip to a thread of reads each would add up', () => {
    const reads = new SilentSource();
    const reader = new SqlReader(reads, 'sqlite');
    const source = new CatalogIndexSource(
      reader,
      new StoreLookup(),
      new PublishedProductViewRepository(reader),
      new OfferedPriceViewRepository(reader),
      new BestAvailabilityViewRepository(reader),
    );
    const store: SourceStore = { id: 's', locales: ['en'], defaultLocale: 'en' };
    void source.some(store, ['p']);
    const tables = reads.asked.map((text) => /FROM (\w+)/.exec(text)?.[1]);
    const parts = ['product', 'product_translation', 'product_attribute', 'product_variant'];
    expect(tables).toHaveLength(6);
    expect(new Set(tables)).toEqual(new Set([...parts, 'price', 'stock_item']));
  });
});
