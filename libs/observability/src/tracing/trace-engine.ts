import type { Trace, TraceFacts, TraceStep } from '#libs/kernel';

/** How something that was asked for begins its part of a trace. */
export interface TraceBeginning extends Omit<TraceStep, 'kind'> {
  readonly kind: 'server' | 'consumer' | 'internal';
  /** A traceparent: goes on with that trace, which has decided whether it is recorded. Anything else is ignored. */
  readonly continues?: string | undefined;
  /** A traceparent that is named by the trace, and not gone on with. */
  readonly mentions?: string | undefined;
}

/** Ends with `end`, once; calls after the first do nothing. */
export interface OpenTrace {
  readonly trace: Trace;
  end(facts?: TraceFacts): void;
}

/** Something that is over: `startedAt` and `endedAt` are epoch milliseconds. */
export interface PastStep {
  readonly name: string;
  /** Default `producer`. */
  readonly kind?: 'producer' | 'consumer';
  /** A traceparent. Without one there is nothing that it would be a part of. */
  readonly continues: string | null | undefined;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly facts?: TraceFacts;
}

/** What records traces: loaded only where they are sent somewhere. */
export interface TraceEngine {
  begin(beginning: TraceBeginning): OpenTrace;
  /** Records a step of a trace that is recorded; of others nothing. */
  notePast(step: PastStep): void;
  /** Sends what is recorded, within a bound, and never rejects. */
  stop(): Promise<void>;
}
