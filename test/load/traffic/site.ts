import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const SCRIPT = fileURLToPath(new URL('site-process.mjs', import.meta.url));

/** A site on a loopback address of its own: a process, so that it can be killed and frozen. */
export class Site {
  private child: ChildProcess | undefined;

  constructor(
    readonly name: string,
    readonly address: string,
    private readonly port: number,
  ) {}

  async start(): Promise<void> {
    const child = spawn(process.execPath, [SCRIPT, this.address, String(this.port)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.child = child;
    await new Promise((up, failed) => {
      child.stdout?.once('data', up);
      child.once('exit', (code) => failed(new Error(`the site ended with ${code}`)));
    });
  }

  /** Nothing listens any more. */
  async die(): Promise<void> {
    const { child } = this;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((done) => child.once('exit', done));
    child.kill('SIGKILL');
    await gone;
  }

  /** The kernel goes on accepting connections, which nobody answers. */
  freeze(): void {
    this.child?.kill('SIGSTOP');
  }

  thaw(): void {
    this.child?.kill('SIGCONT');
  }
}
