import type { CategoryTree } from '#libs/catalog';
import type { CategoryAnswer, QueryWord, SearchSelection } from '../query/search-query.js';
import { waysOfQuality } from '../query/ways-of-answer.js';
import type { Label, LabelIndex, FoundLabel } from './label-index.js';

/**
 * Answers words by what the categories of a store are called in one language. A word is answered by a category, and with it by all
 * below it. Names are looked up when a query is read, and are in no index of products: a category that is
 * renamed or moved changes what is found at once, however many products are below it.
 */
export class CategoryNames {
  /** `labels`: the index of `labelsOf` the tree. */
  constructor(
    private readonly tree: CategoryTree,
    private readonly labels: LabelIndex,
  ) {}

  static labelsOf({ places }: CategoryTree): Label[] {
    return Object.entries(places).map(([key, { branch }]) => ({ key, name: branch.name }));
  }

  /** The categories whose own name answers every word; see {@link LabelIndex.find}. */
  find(selection: Pick<SearchSelection, 'words' | 'languageCode'>): FoundLabel[] {
    return this.labels.find(selection);
  }

  /** Best first. */
  answering(word: QueryWord, languageCode: string | undefined): CategoryAnswer[] {
    const seen = new Set<string>();
    return this.labels
      .answersTo(word, languageCode)
      .sort((one, other) => other.quality - one.quality)
      .flatMap(({ key, name, quality }) => {
        const way = waysOfQuality.get(quality);
        const ids = (this.tree.places[key]?.subtreeIds ?? []).filter((id) => !seen.has(id));
        for (const id of ids) seen.add(id);
        return way === undefined || ids.length === 0 ? [] : [{ name, way, ids }];
      });
  }
}
