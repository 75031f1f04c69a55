import type { Ask } from '../scenarios/scenario.js';
import type { Sight } from './open-requests.js';

/** All that can happen to a process. What it does next depends on nothing else. */
export type ProcessInput =
  /** `position` is the token the request carries. */
  | { readonly kind: 'ask'; readonly ask: Ask; readonly position: number | undefined }
  /** It learns that its transaction committed. */
  | { readonly kind: 'learn'; readonly position: number; readonly tags: readonly string[] }
  | { readonly kind: 'answer'; readonly slot: number; readonly sight: Sight }
  | { readonly kind: 'published'; readonly slot: number }
  | { readonly kind: 'fail'; readonly slot: number }
  | { readonly kind: 'hear'; readonly text: string }
  | { readonly kind: 'follow' }
  | { readonly kind: 'wait'; readonly ms: number };
