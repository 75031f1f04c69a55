import { pause } from '../core/time/pause.js';
import type { Scheduler } from '../core/time/scheduler.js';
import type { TurnClock } from '../core/time/turn-clock.js';
import type { RecordPolicy } from './record-policy.js';

/** Encoded at once; then requests have their turn. */
const STEP_MS = 5;

/** The bytes of values by their ids. Products may be large, and a hundred of them would hold up every request under way. */
export async function encodedInSteps<Value>(
  values: ReadonlyMap<string, Value>,
  encode: RecordPolicy<Value>['encode'],
  { clock, scheduler }: { readonly clock: TurnClock; readonly scheduler: Scheduler },
): Promise<[string, Uint8Array][]> {
  const records: [string, Uint8Array][] = [];
  let beganMs = clock.exactMs();
  for (const [id, value] of values) {
    if (clock.exactMs() - beganMs >= STEP_MS) {
      await pause(scheduler, 0);
      beganMs = clock.exactMs();
    }
    records.push([id, encode(value)]);
  }
  return records;
}
