import { z } from 'zod';

/** A key that is used often. */
export interface HotKey {
  readonly region: string;
  /** The text of the key. */
  readonly text: string;
  /** Lately, roughly. */
  readonly uses: number;
}

/** What one replica noted. */
export interface HotKeyNote {
  readonly replicaId: string;
  /** Epoch milliseconds. */
  readonly notedAt: number;
  readonly keys: readonly HotKey[];
}

const MAX_KEYS = 500;
const MAX_JSON_LENGTH = 100_000;
/** Uses that an hour more of age is worth half of. */
const HALF_LIFE_MS = 3_600_000;

const noteSchema = z.array(z.tuple([z.string(), z.string(), z.number().positive()]));

/** As much of the keys as a note may hold, the most used first. */
export function hotKeysToJson(keys: readonly HotKey[]): string {
  const parts: string[] = [];
  let length = 2;
  for (const { region, text, uses } of mostUsed(keys).slice(0, MAX_KEYS)) {
    const part = JSON.stringify([region, text, Math.ceil(uses)]);
    length += part.length + 1;
    if (length > MAX_JSON_LENGTH) break;
    parts.push(part);
  }
  return `[${parts.join(',')}]`;
}

/** Nothing when the text was written by a release that writes something else. */
export function hotKeysFromJson(json: string): HotKey[] {
  try {
    const keys = noteSchema.parse(JSON.parse(json));
    return keys.map(([region, text, uses]) => ({ region, text, uses }));
  } catch {
    return []; // What is not known only costs loads.
  }
}

/**
 * What a replica uses on average, from what several have noted, most used first. What was noted an
 * hour before the newest counts half.
 */
export function averageUse(notes: readonly HotKeyNote[]): HotKey[] {
  const newestAt = Math.max(...notes.map(({ notedAt }) => notedAt));
  const merged = new Map<string, HotKey>();
  for (const { notedAt, keys } of notes) {
    const weight = 0.5 ** ((newestAt - notedAt) / HALF_LIFE_MS) / notes.length;
    for (const { region, text, uses } of keys) {
      const id = JSON.stringify([region, text]);
      const known = merged.get(id)?.uses ?? 0;
      merged.set(id, { region, text, uses: known + uses * weight });
    }
  }
  return mostUsed([...merged.values()]);
}

function mostUsed(keys: readonly HotKey[]): HotKey[] {
  return keys.toSorted((one, other) => other.uses - one.uses);
}
