import { AsyncLocalStorage } from 'node:async_hooks';

/** Facts about a step: of the system, never of a person, and never a secret. */
export type TraceFacts = Readonly<Record<string, string | number | boolean | undefined>>;

/** Something that takes time, as a trace shows it. */
export interface TraceStep {
  /** One of few: what differs from time to time is a fact. */
  readonly name: string;
  /** How it stands to others: it asks another system (`client`), leaves something to it (`producer`). */
  readonly kind?: 'client' | 'producer';
  readonly facts?: TraceFacts;
}

/** Where in a trace the code under way is. There is one only while a process traces. */
export interface Trace {
  readonly traceId: string;
  /** The header of W3C Trace Context: what carries the trace to whatever goes on with it. */
  readonly traceparent: string;
  /** Whether it is recorded; the answer is the same for the whole trace. */
  readonly isRecorded: boolean;
  /** Runs `work` as a step of this one, which ends when `work` does. */
  step<T>(step: TraceStep, work: () => T): T;
  /** Adds a step that took `ms` and ends now, for what is measured anyway. */
  noteStep(step: TraceStep, ms: number): void;
  /** Adds facts to the step under way. */
  note(facts: TraceFacts): void;
  /** The step under way failed. Only the kind of an error is told: messages may quote what nobody may read. */
  fail(error: unknown): void;
}

const storage = new AsyncLocalStorage<Trace>();

/** The trace of the code under way; undefined when nothing is traced. */
export function currentTrace(): Trace | undefined {
  return storage.getStore();
}

/** For all that `work` calls, however deep and however late. */
export function runInTrace<T>(trace: Trace, work: () => T): T {
  return storage.run(trace, work);
}

/**
 * Runs `work`, as a step of the trace under way where there is one that is recorded. Without one it costs
 * a look into the context, and `describe` is not called.
 */
export function traced<T>(describe: () => TraceStep, work: () => T): T {
  const trace = storage.getStore();
  return trace === undefined || !trace.isRecorded ? work() : trace.step(describe(), work);
}
