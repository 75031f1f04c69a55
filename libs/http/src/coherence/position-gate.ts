import { cacheErrors } from '#libs/cache';
import { httpErrors } from '../errors/http.errors.js';

/** Makes a replica catch up, so that a request never sees a state older than one its sender has seen. */
export interface PositionGate {
  /** Which database positions are of: those of another one, and of a restored copy, mean nothing here. */
  readonly installation: string;
  /** Resolves when this replica has applied the invalidation log up to `position`. */
  ensurePosition(position: number): Promise<void>;
  /** Whether it has, as far as is known without asking anybody. */
  hasReached(position: number): boolean;
}

export const POSITION_GATE = Symbol('PositionGate');

export const POSITION_HEADER = 'lockstep-position';
export const REPLICA_HEADER = 'lockstep-replica';

const TOKEN = /^(\d{1,16})@([\w-]{1,64})$/;

/** What a client is given, and sends back as it is: a position and whose it is. */
export function positionToken(
  position: number,
  { installation }: Pick<PositionGate, 'installation'>,
): string {
  return `${position}@${installation}`;
}

/**
 * Reads the Lockstep-Position header of a request. Throws `http.invalid-position`, and
 * `cache.position-unknown` for a position of another installation.
 */
export function parsePosition(
  header: string | readonly string[],
  { installation }: Pick<PositionGate, 'installation'>,
): number {
  const [, digits, other] = typeof header === 'string' ? (TOKEN.exec(header) ?? []) : [];
  const position = Number(digits);
  if (!Number.isSafeInteger(position)) throw httpErrors.invalidPosition();
  if (other !== installation) throw cacheErrors.positionUnknown({ details: { position } });
  return position;
}

/** undefined when it is not a position of this installation: refusing it is up to `parsePosition`. */
export function readPosition(
  header: string | readonly string[],
  gate: Pick<PositionGate, 'installation'>,
): number | undefined {
  try {
    return parsePosition(header, gate);
  } catch {
    return undefined;
  }
}
