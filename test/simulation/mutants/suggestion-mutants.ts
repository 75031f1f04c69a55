import { LabelIndexes } from '../../../libs/search/src/storefront/suggesting/label-indexes.js';
import { SelectionReader } from '../../../libs/search/src/storefront/listing/selection.reader.js';
import { StoreCountsReader } from '../../../libs/search/src/storefront/suggesting/store-counts.reader.js';
import { replaceMethod, nothing } from './replace-method.js';
import { NOT_IN_STEP, type Mutant } from './mutant.js';

/** What a search box shows, of the index, of what is made of it, and of what is cached of rows: C2, C3, C5 and C10. */
export const suggestionMutants: readonly Mutant[] = [
  {
    name: 'names that suggestions look for are indexed only once',
    install: () => [
      replaceMethod(LabelIndexes, 'of', ({ known }, original) => (...parameters) => {
        const indexes = known as ReadonlyMap<unknown, { readonly index: unknown }>;
        const first = indexes.get(parameters[0]);
        return first === undefined ? original(...parameters) : Promise.resolve(first.index);
      }),
    ],
    caughtBy: ['C10 whole changes', 'verification'],
  },
  {
    name: 'suggestions and their counts do not say what they depend on',
    install: () => [replaceMethod(SelectionReader, 'nameTags', nothing)],
    caughtBy: NOT_IN_STEP,
  },
  {
    name: 'suggestions go on with the first counts they have seen',
    install: () => [
      replaceMethod(StoreCountsReader, 'get', (reader, original) => (...parameters) => {
        reader.first ??= original(...parameters);
        return reader.first;
      }),
    ],
    caughtBy: NOT_IN_STEP,
  },
];
