import type { PortToken } from '../../provide.js';
/** Whether messages arrive. `silent`: connected, but nothing comes through. */
export type BackplaneState = 'connecting' | 'connected' | 'silent' | 'disconnected';

export interface BackplaneListener {
  message(text: string): void;
  stateChanged(state: BackplaneState): void;
}

/**
 * The fast path: one channel that all replicas publish to and hear. It may lose, delay, repeat and
 * reorder messages; correctness never depends on it.
 */
export interface Backplane {
  readonly state: BackplaneState;
  start(listener: BackplaneListener): void;
  /** Resolves when the message was handed over; rejects within a bound when it could not be. */
  publish(text: string): Promise<void>;
  stop(): Promise<void>;
}

export const BACKPLANE: PortToken<Backplane> = Symbol('Backplane');
