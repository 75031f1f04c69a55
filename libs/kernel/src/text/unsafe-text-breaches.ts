import type { RuleBreach } from '../errors/rule-breach.js';
import { unsafeText } from './unsafe-text.js';

/** A text, and where it is as a path into what was sent. */
export type PlacedText = readonly [path: string, text: string | null];

/** Which of the texts hold what cannot be seen or stored, and what it is. */
export function unsafeTextBreaches(texts: readonly PlacedText[]): RuleBreach[] {
  return texts.flatMap(([path, text]) => {
    const unsafe = text === null ? undefined : unsafeText(text);
    return unsafe === undefined ? [] : [{ path, message: `holds ${unsafe}` }];
  });
}
