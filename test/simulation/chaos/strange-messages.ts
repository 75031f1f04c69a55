import { encodeMessage, type Invalidation } from '../../../libs/cache/src/core/publishing/wire.js';
import type { Random } from '../engine/random.js';
import { COPY, copiedSeal, foreignSeal, forgedSeal } from '../world/seals.js';
import { ROWS, tagOf } from '../world/settings.js';

/** How many positions after the last one are announced before they are committed. */
const AHEAD = 4;

/**
 * What may be on the channel beside the fleet's own messages: announcements of positions that are, or
 * will be, something else here. By a fleet on another database, by who has Redis and no key, and by one
 * on a restored copy of the database, which has the key.
 */
export function strangeMessages(random: Random, last: number, nowMs: number): readonly string[] {
  const first = Math.max(1, last - random.between(0, 3));
  const invalidations: Invalidation[] = [];
  for (let position = first; position <= last + AHEAD; position += 1) {
    const tags = ROWS.filter(() => random.chance(0.6)).map(tagOf);
    invalidations.push({ position, tags, committedAt: Math.round(nowMs) - 60_000 });
  }
  const body = encodeMessage({ origin: COPY, invalidations, isIncomplete: false });
  const unsealed = `{"v":1,"o":"stranger","i":[[${last + 1},[]]]}`;
  return [copiedSeal.seal(body), foreignSeal.seal(body), forgedSeal.seal(body), unsealed, 'x'];
}
