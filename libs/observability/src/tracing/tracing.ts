import { currentTrace, runInTrace, traced, type TraceStep } from '#libs/kernel';
import type { OpenTrace, PastStep, TraceBeginning, TraceEngine } from './trace-engine.js';

/**
 * Where traces of a process begin. Off, it runs what it is given and does nothing else; what is deeper asks
 * `traced` of the kernel, which knows of a trace by its context alone.
 */
export class Tracing {
  constructor(private readonly engine?: TraceEngine) {}

  get isOn(): boolean {
    return this.engine !== undefined;
  }

  /** For what begins in one place and ends in another; undefined when nothing is traced. */
  begin(beginning: TraceBeginning): OpenTrace | undefined {
    return this.engine?.begin(beginning);
  }

  /** Runs `work` as what begins a trace, or goes on with one. */
  async trace<T>(describe: () => TraceBeginning, work: () => Promise<T>): Promise<T> {
    const open = this.engine?.begin(describe());
    if (open === undefined) return work();
    try {
      return await runInTrace(open.trace, work);
    } catch (error) {
      open.trace.fail(error);
      throw error;
    } finally {
      open.end();
    }
  }

  /** Runs `work` as a step of the trace under way, else as the beginning of one. */
  stepOrTrace<T>(describe: () => TraceStep, work: () => Promise<T>): Promise<T> {
    if (this.engine === undefined) return work();
    return currentTrace() === undefined
      ? this.trace(() => ({ ...describe(), kind: 'internal' }), work)
      : traced(describe, work);
  }

  notePast(describe: () => PastStep): void {
    this.engine?.notePast(describe());
  }

  async stop(): Promise<void> {
    await this.engine?.stop();
  }
}
