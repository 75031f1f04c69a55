import { httpErrors } from './http.errors.js';

/** Makes a replica catch up, so that a request never sees a state older than one its sender has seen. */
export interface PositionGate {
  /** Resolves when this replica has applied the invalidation log up to `position`. */
  ensurePosition(position: number): Promise<void>;
  /** Whether it has, as far as is known without asking anybody. */
  hasReached(position: number): boolean;
}

export const POSITION_GATE = Symbol('PositionGate');

export const POSITION_HEADER = 'lockstep-position';
export const REPLICA_HEADER = 'lockstep-replica';

/** Reads the Lockstep-Position header of a request; throws `http.invalid-position`. */
export function parsePosition(header: string | readonly string[]): number {
  const position = readPosition(header);
  if (position === undefined) throw httpErrors.invalidPosition();
  return position;
}

/** undefined when it is not a position. */
export function readPosition(header: string | readonly string[]): number | undefined {
  const position =
    typeof header === 'string' && /^\d{1,16}$/.test(header) ? Number(header) : Number.NaN;
  return Number.isSafeInteger(position) ? position : undefined;
}
