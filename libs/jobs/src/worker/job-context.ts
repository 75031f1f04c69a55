import type { Transaction } from '#libs/database';
import type { JsonObject } from '#libs/kernel';

/** What a handler gets beside its payload. Valid until `handle` settles or the signal aborts. */
export interface JobContext {
  readonly id: string;
  /** 1 for the first run of the job. */
  readonly attempt: number;
  /** Id of the principal that asked for the job. */
  readonly requestedBy: string | undefined;
  /** What an earlier run reported last. */
  readonly lastProgress: JsonObject | undefined;
  /**
   * Aborts when the job timed out or was cancelled, when this replica stops, or when another run
   * has taken over. Pass it to whatever waits; return or throw soon after.
   */
  readonly signal: AbortSignal;
  /** Stored and pushed a few times per second at most; the last value is always stored. */
  progress(value: JsonObject): void;
  /**
   * Effects that happen once, whatever is delivered or run twice: `work` and the note that the step
   * is done commit together. Answers false, without running `work`, when an earlier run did it.
   * `name` is unique within the job: lower-case letters, digits, `.`, `_`, `-`, at most 90.
   * Throws `jobs.lease-lost` or `jobs.cancelled`, with nothing changed.
   */
  step(name: string, work: (tx: Transaction) => Promise<void>): Promise<boolean>;
  /** The greatest step by name (code points) that is done and begins with `prefix`: pad numbers. */
  findLastStep(prefix?: string): Promise<string | undefined>;
  /**
   * Finishes the job in the transaction of its last effects; what `work` resolves with becomes the
   * job's result. A handler that returns without it is finished by the runtime.
   */
  complete(work?: (tx: Transaction) => Promise<JsonObject | void>): Promise<void>;
}

/** A class that runs the jobs of one contract; see `JobHandler`. */
export interface HandlesJob<Payload> {
  /**
   * Resolves when the job is done, rejects when this attempt failed. Effects go through
   * `context.step` and `context.complete`; everything else may happen more than once.
   */
  handle(payload: Payload, context: JobContext): Promise<void>;
}
