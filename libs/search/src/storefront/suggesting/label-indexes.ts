import { LabelIndex, type Label } from '../../model/index/label-index.js';
import type { Language } from '../../model/text/language.js';
import { runStepwise } from '../following/run-stepwise.js';

interface KnownIndex {
  readonly signature: string;
  readonly index: LabelIndex;
}

/** Indexes of names, one for each group of them; made anew only when the names are others. */
export class LabelIndexes {
  private readonly known = new Map<string, KnownIndex>();

  /** `group` says whose names they are; there are as many of them as stores have languages. */
  async of(
    group: string,
    labels: readonly Label[],
    language: Language | undefined,
  ): Promise<LabelIndex> {
    const named = labels.map(({ key, name }) => JSON.stringify([key, name]));
    const signature = named.sort().join();
    const known = this.known.get(group);
    if (known?.signature === signature) return known.index;
    const index = await runStepwise(LabelIndex.of(labels, language));
    this.known.set(group, { signature, index });
    return index;
  }
}
