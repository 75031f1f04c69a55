import { READER_NAMES } from '../../world/simulated-readers.js';
import type { ExploredProcess } from './explored-process.js';

/**
 * Fields a resting process does not decide by.
 * - Counters for operators.
 * - Sequence numbers: they are compared with those that loads and the journal noted; at rest there are none.
 * - What a process was composed with, which never changes.
 * - The order of use: it matters to eviction, and nothing is evicted here.
 * - The time of the turn, which is read anew in the next.
 * - When the checker saw a part read: what is held has passed its check, and what arrives later comes
 *   after all of it.
 */
const UNDECISIVE: ReadonlySet<string> = new Set([
  ...['stats', 'followCount', 'clearCount'],
  ...['appliedSequence', 'firstRecorded'],
  ...['policy', 'options', 'limits', 'settings', 'commitListeners', 'logger', 'metrics'],
  ...['newest', 'oldest', 'newer', 'older', 'hand', 'isVisited'],
  ...['cachedMs', 'usesLeft'],
  'step',
]);

/**
 * The state of a process in which nobody reads and nothing is being loaded. What can be under way then
 * are two async functions: the publisher, which remembers nothing but the message it waits to have
 * taken, and a follow, which remembers when it was sent (in a field) and from where it asks (in its
 * request). All else that decides about the future is in the fields of objects; timers never fire
 * here. So two processes with the same text behave the same from then on.
 *
 * Functions in fields were put there when the process was composed, except those that cancel timers; they
 * count as equal. Returns undefined when more may be under way. After a failure that is always so
 * while a follow is: of a batch, one read may have failed and another still wait.
 */
export function restingText(process: ExploredProcess): string | undefined {
  const { watch, replica } = process;
  const open = process.requests.list();
  if (watch.waiting > 0 || open.some(({ request }) => request.kind === 'rows')) return undefined;
  if (watch.hadTrouble && open.some(({ request }) => request.kind === 'log')) return undefined;
  if (READER_NAMES.some((name) => replica.readers[name].loadsUnderWay > 0)) return undefined;
  const text = new StateText(new Set(process.surroundings)).of(replica);
  return `${process.nowMs};${watch.restingText};${JSON.stringify(open)};${text}`;
}

/** A graph of objects as text; the second mention of an object is its number. */
class StateText {
  private readonly numbers = new Map<unknown, number>();

  constructor(private readonly opaque: ReadonlySet<unknown>) {}

  of(value: unknown): string {
    if (typeof value === 'function') return 'f';
    if (typeof value === 'string') return JSON.stringify(value);
    if (typeof value !== 'object' || value === null) return String(value);
    if (value instanceof Promise) return 'p';
    if (this.opaque.has(value)) return 'o';
    const number = this.numbers.get(value);
    if (number !== undefined) return `#${number}`;
    this.numbers.set(value, this.numbers.size);
    if (value instanceof Map) return this.ofMap(value as ReadonlyMap<unknown, unknown>);
    if (value instanceof Set) return this.ofSet(value as ReadonlySet<unknown>);
    let text = '{';
    for (const [key, field] of Object.entries(value)) {
      if (!UNDECISIVE.has(key)) text += `${key}:${this.of(field)},`;
    }
    return `${text}}`;
  }

  /** By key: the order in which a map was filled matters to eviction only. */
  private ofMap(map: ReadonlyMap<unknown, unknown>): string {
    const names = [...map.keys()].map(String).sort();
    return `[${names.map((name) => `${name}:${this.of(map.get(name))}`).join()}]`;
  }

  /** Positions and names have no order among them; objects are walked in the order they came. */
  private ofSet(set: ReadonlySet<unknown>): string {
    const texts = [...set].map((member) => this.of(member));
    if (![...set].some((member) => typeof member === 'object')) texts.sort();
    return `(${texts.join()})`;
  }
}
