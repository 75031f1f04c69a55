import { Injectable } from '@nestjs/common';
import type { ProductListKey } from '../listing/product-query.js';
import { MissRecorder } from '../misses/miss.recorder.js';
import { PopularQueryRecorder } from '../queries/popular-query.recorder.js';

/** Notes what shoppers searched for, and whether there was anything: words alone, not filters that leave nothing. */
@Injectable()
export class SearchNoter {
  constructor(
    private readonly misses: MissRecorder,
    private readonly popular: PopularQueryRecorder,
  ) {}

  /** For each answer that a client got, and for none that the replica made for itself. */
  note(storeId: string, { locale, filter, after }: ProductListKey, isFound: boolean): void {
    const { q, brands, attributes, ...others } = filter;
    const isNarrowed =
      brands.length > 0 || Object.keys(attributes).length > 0 || Object.keys(others).length > 0;
    if (q === undefined || isNarrowed || after !== undefined) return;
    (isFound ? this.popular : this.misses).note(storeId, locale, q);
  }
}
