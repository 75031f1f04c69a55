import type { Ask } from '../scenarios/scenario.js';
import type { RowName } from '../../world/settings.js';
import type { Sight } from './open-requests.js';

/** What a request carries that must see a write. */
export interface Token {
  readonly position: number;
  /** For the checker alone: the rows as everything committed up to that position had left them. */
  readonly revisions: Readonly<Record<RowName, number>>;
}

/** All that can happen to a process. What it does next depends on nothing else. */
export type ProcessInput =
  | { readonly kind: 'ask'; readonly ask: Ask; readonly token: Token | undefined }
  /** It learns that its transaction committed. */
  | { readonly kind: 'learn'; readonly position: number; readonly tags: readonly string[] }
  | { readonly kind: 'answer'; readonly slot: number; readonly sight: Sight }
  | { readonly kind: 'published'; readonly slot: number }
  | { readonly kind: 'fail'; readonly slot: number }
  | { readonly kind: 'hear'; readonly text: string }
  | { readonly kind: 'follow' }
  | { readonly kind: 'wait'; readonly ms: number };
