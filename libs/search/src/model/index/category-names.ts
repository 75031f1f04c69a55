import type { CategoryTree } from '#libs/catalog';
import type { CategoryAnswer, QueryWord, SearchSelection } from '../query/search-query.js';
import { LastAsked } from '../query/last-asked.js';
import { waysOfQuality } from '../query/ways-of-answer.js';
import type { Label, LabelIndex, FoundLabel } from './label-index.js';

const LIMITS = { maxTexts: 1_000, maxWeight: 20_000 };

/**
 * Answers words by what the categories of a store are called in one language. A word is answered by a category, and with it by all
 * below it. Names are looked up when a query is read, and are in no index of products: a category that is
 * renamed or moved changes what is found at once, however many products are below it.
 */
export class CategoryNames {
  /** A tree and its names never change, and queries that nobody has asked before are mostly made of words that somebody has. */
  private readonly known = new LastAsked<readonly CategoryAnswer[]>(LIMITS, (answers) =>
    answers.reduce((sum, { ids }) => sum + ids.length, 1),
  );

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

  /** Best first. The same object for a word that was asked for lately. */
  answering(word: QueryWord, languageCode: string | undefined): readonly CategoryAnswer[] {
    const { forms, isLast, isBigram, stem, synonyms } = word;
    // Most neighbours make no word of a name, and answer nothing.
    const joins = word.joins.filter((join) => this.labels.hasTerm(join));
    const texts = [[languageCode, isLast, isBigram, stem], forms, joins, ...synonyms];
    const key = texts.map((each) => each.join(' ')).join('\n');
    return this.known.get(key, () => this.answersTo({ ...word, joins }, languageCode));
  }

  private answersTo(word: QueryWord, languageCode: string | undefined): CategoryAnswer[] {
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
