import type { FastifyRequest } from 'fastify';
import type { CacheOutcome } from '../cache-status.js';
import type { OutputBuild, OutputTask } from './output-task.js';

/** What the output cache knows of a request that its handler answers. */
export interface OutputState {
  readonly outcome: CacheOutcome['outcome'];
  /** The request may be the one that builds what is stored. */
  readonly task?: OutputTask;
  /** The request is one of the replica to itself. */
  readonly rebuild?: OutputBuild;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** null: the answers of the route are not stored, or this one came from memory. */
    lockstepOutput: OutputState | null;
  }
}

/** The building that the answer to this request ends. */
export function buildOf({ lockstepOutput }: FastifyRequest): OutputBuild | undefined {
  return lockstepOutput?.task?.building ?? lockstepOutput?.rebuild;
}
