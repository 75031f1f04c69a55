import { LabelIndex, type Label } from '../../model/index/label-index.js';
import type { Language } from '../../model/text/language.js';
import { systemTiming, type IndexTiming } from '../following/index-timing.js';
import { runStepwise } from '../following/run-stepwise.js';

interface KnownIndex {
  readonly source: object;
  readonly signature: string;
  readonly index: LabelIndex;
}

/** Indexes of names, one for each group of them; made anew only when the names are others. */
export class LabelIndexes {
  private readonly known = new Map<string, KnownIndex>();

  constructor(private readonly timing: IndexTiming = systemTiming) {}

  /**
   * `group` says whose names they are; there are as many of them as stores have languages. `source` is what
   * the names are taken from and never changes, so they are not even looked at while it is the same.
   */
  async of<Source extends object>(
    group: string,
    source: Source,
    labelsOf: (source: Source) => readonly Label[],
    language: Language | undefined,
  ): Promise<LabelIndex> {
    const known = this.known.get(group);
    if (known?.source === source) return known.index;
    const labels = labelsOf(source);
    const named = labels.map(({ key, name }) => JSON.stringify([key, name]));
    const signature = named.sort().join();
    const index =
      known?.signature === signature
        ? known.index
        : await runStepwise(LabelIndex.of(labels, language), this.timing);
    this.known.set(group, { source, signature, index });
    return index;
  }
}
