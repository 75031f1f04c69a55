import type { z } from 'zod';

export interface JobRetryPolicy {
  /** Runs in total before the job is dead. */
  readonly attempts: number;
  /** Ceiling of the first wait; doubles with each attempt, with jitter. */
  readonly backoffMs: number;
  readonly maxBackoffMs: number;
}

/**
 * What a producer and a handler of a job agree on. The major version is part of the queue's name:
 * a process opens only the queues whose contract it knows, so a job never fails because an older
 * instance met it.
 */
export interface JobContract<Payload> {
  readonly name: string;
  readonly version: number;
  /** `<name>.v<version>` */
  readonly queue: string;
  readonly schema: z.ZodType<Payload>;
  readonly retry: JobRetryPolicy;
  /** Longest time one run may take without finishing, before it is aborted. */
  readonly timeoutMs: number;
}

export interface JobDefinition<Payload> {
  readonly name: string;
  readonly version: number;
  readonly schema: z.ZodType<Payload>;
  readonly retry?: Partial<JobRetryPolicy>;
  readonly timeoutMs?: number;
}

const JOB_NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** Declares a job: `defineJob({ name: 'import-products', version: 1, schema })`. */
export function defineJob<Payload>(definition: JobDefinition<Payload>): JobContract<Payload> {
  const { name, version, schema } = definition;
  if (!JOB_NAME.test(name)) throw new RangeError(`not a job name: ${name}`);
  if (!Number.isSafeInteger(version) || version < 1) {
    throw new RangeError(`not a contract version: ${version}`);
  }
  return {
    name,
    version,
    schema,
    queue: `${name}.v${version}`,
    retry: { attempts: 5, backoffMs: 1_000, maxBackoffMs: 60_000, ...definition.retry },
    timeoutMs: definition.timeoutMs ?? 5 * 60_000,
  };
}
