import type { Replica } from './replica.js';
import type { RowName } from './settings.js';
import type { Answer, FleetReaders, Part } from './simulated-readers.js';

/** What a list shows of its rows: which there are, from the index, and each with what is cached of it. */
export function askPage(
  { cache, readers }: Replica<FleetReaders>,
  row: RowName,
): Promise<Answer | undefined> {
  return cache.whole(async () => {
    // First, so that what changes afterwards changes everything but this.
    const [recorded] = await readers.recorded.getMany([row]);
    const list = await readers.listed.get(row);
    if (list === undefined) return undefined;
    const parts: Part[] = [...(recorded?.parts ?? []), ...list.parts];
    const missing: RowName[] = [];
    for (const listed of list.parts) {
      const card = await readers.known.get(listed.row);
      if (card === undefined) missing.push(listed.row);
      else parts.push(...card.parts);
    }
    const related = await readers.built.get(row);
    parts.push(...(related?.parts ?? []));
    const isFromStale = [list, related].some((each) => each?.isFromStale);
    return { parts, missing, isFromStale };
  });
}
