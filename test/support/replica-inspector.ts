import { eventually, type RunningReplica } from '#libs/testing';
import { DevtoolsSession } from './devtools-session.js';

/** For a replica that will be inspected: the port is one that is free, and is opened once it is asked for. */
export const INSPECTABLE = { NODE_OPTIONS: '--inspect-port=127.0.0.1:0' };

export interface MemoryUse {
  readonly rss: number;
  readonly heapUsed: number;
  readonly external: number;
}

const USE =
  '(({ rss, heapUsed, external }) => ({ rss, heapUsed, external }))(process.memoryUsage())';

/** Looks into a running replica. */
export class ReplicaInspector implements Disposable {
  private constructor(private readonly session: DevtoolsSession) {}

  /** The replica must have been started with `INSPECTABLE`. */
  static async attach({
    pid,
    logs,
    replica,
  }: Pick<RunningReplica, 'pid' | 'logs' | 'replica'>): Promise<ReplicaInspector> {
    process.kill(pid, 'SIGUSR1');
    const address = await eventually(`the inspector of ${replica}`, () =>
      logs.map((line) => /^Debugger listening on (ws:\S+)$/.exec(line)?.[1]).find(Boolean),
    );
    return new ReplicaInspector(await DevtoolsSession.open(address));
  }

  /** Bytes that are held by something: garbage has been collected, all of it. */
  async memoryHeld(): Promise<MemoryUse> {
    await this.session.send('HeapProfiler.collectGarbage');
    return this.session.evaluate<MemoryUse>(USE);
  }

  [Symbol.dispose](): void {
    this.session[Symbol.dispose]();
  }
}
