import { REPLICA_HEADER } from '../coherence/position-gate.js';

/** What every answer of a replica carries, whatever wrote it. */
export function standardHeaders(replicaId: string): Readonly<Record<string, string>> {
  return { [REPLICA_HEADER]: replicaId, 'x-content-type-options': 'nosniff' };
}
