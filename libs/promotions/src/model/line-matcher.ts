import type { BasketLine } from './basket.js';
import type { LineSelector } from './promotion.js';

export type LineMatcher = (line: Pick<BasketLine, 'sku' | 'categoryIds'>) => boolean;

/** Makes a selector quick to ask, whatever the number of its items. */
export function lineMatcher(items: LineSelector): LineMatcher {
  switch (items.kind) {
    case 'all':
      return () => true;
    case 'skus': {
      const skus = new Set(items.skus);
      return ({ sku }) => sku !== null && skus.has(sku);
    }
    case 'categories': {
      const ids = new Set(items.categoryIds);
      return ({ categoryIds }) => categoryIds.some((id) => ids.has(id));
    }
  }
}
