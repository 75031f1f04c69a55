import { withDeadline } from '#libs/kernel';
import { eventually, type RunningReplica } from '#libs/testing';

/** For a replica that will be inspected: the port is one that is free, and is opened once it is asked for. */
export const INSPECTABLE = { NODE_OPTIONS: '--inspect-port=127.0.0.1:0' };

export interface MemoryUse {
  readonly rss: number;
  readonly heapUsed: number;
  readonly external: number;
}

interface Answer {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

const ANSWERS_WITHIN_MS = 60_000;
const USE =
  '(({ rss, heapUsed, external }) => ({ rss, heapUsed, external }))(process.memoryUsage())';

/** Speaks to V8 within a running replica (the protocol of its inspector). */
export class ReplicaInspector implements Disposable {
  private sent = 0;

  private constructor(private readonly socket: WebSocket) {}

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
    const socket = new WebSocket(address);
    const opened = new Promise<void>((resolve, reject) => {
      socket.addEventListener('open', () => resolve());
      socket.addEventListener('error', () => reject(new Error(`${address} cannot be reached`)));
    });
    await withDeadline(opened, ANSWERS_WITHIN_MS, 'the inspector: opening');
    return new ReplicaInspector(socket);
  }

  /** Bytes that are held by something: garbage has been collected, all of it. */
  async memoryHeld(): Promise<MemoryUse> {
    await this.ask('HeapProfiler.collectGarbage');
    const answer = await this.ask('Runtime.evaluate', { expression: USE, returnByValue: true });
    return (answer as { readonly result: { readonly value: MemoryUse } }).result.value;
  }

  [Symbol.dispose](): void {
    this.socket.close();
  }

  private ask(method: string, params: object = {}): Promise<unknown> {
    this.sent += 1;
    const id = this.sent;
    const answered = new Promise<unknown>((resolve, reject) => {
      const listen = ({ data }: MessageEvent): void => {
        const answer = JSON.parse(String(data)) as Answer;
        if (answer.id !== id) return;
        this.socket.removeEventListener('message', listen);
        if (answer.error === undefined) resolve(answer.result);
        else reject(new Error(`${method}: ${answer.error.message}`));
      };
      this.socket.addEventListener('message', listen);
    });
    this.socket.send(JSON.stringify({ id, method, params }));
    return withDeadline(answered, ANSWERS_WITHIN_MS, `the inspector: ${method}`);
  }
}
