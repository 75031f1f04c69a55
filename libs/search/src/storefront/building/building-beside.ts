import { systemTiming } from '../following/index-timing.js';
import { BuildingInThread } from './building-in-thread.js';
import { buildingInSteps, type BeginBuilding } from './index-building.js';

/** A page takes the thread a fraction of a second; what takes longer tells that it is at work. */
const SILENCE_MS = 30_000;
const ENTRY = new URL('./build-thread.js', import.meta.url);
/** Node.js by itself does not find what the thread imports from the sources, as tests run them. */
const IS_BUILT = import.meta.url.endsWith('.js');

/**
 * Each on a thread of its own, which is worth it for many products. When one was lost, the next index is made in steps between
 * requests: another thread might be lost, too, and an index that comes late is better than none. The one after it has a thread again.
 */
export function buildingBeside(
  entry: URL | undefined = IS_BUILT ? ENTRY : undefined,
): BeginBuilding {
  let wasLost = false;
  const inSteps = buildingInSteps(systemTiming);
  return (languages, signal) => {
    if (entry === undefined || wasLost) {
      wasLost = false;
      return inSteps(languages, signal);
    }
    return new BuildingInThread(entry, languages, {
      timing: systemTiming,
      signal,
      silenceMs: SILENCE_MS,
      onLost: () => {
        wasLost = true;
      },
    });
  };
}
