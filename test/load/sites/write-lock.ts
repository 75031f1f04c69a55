import { once } from 'node:events';
import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const SCRIPT = fileURLToPath(new URL('write-lock-process.mjs', import.meta.url));

/** A writer that hangs in the middle of its transaction: until it is gone nobody else writes to the database. */
export class WriteLock {
  private constructor(private readonly child: ChildProcess) {}

  /** Resolves when it has the lock, and hangs from then on. */
  static async take(file: string): Promise<WriteLock> {
    const child = spawn(process.execPath, [SCRIPT, file], { stdio: ['ignore', 'pipe', 'inherit'] });
    await new Promise((held, failed) => {
      child.stdout.once('data', held);
      child.once('exit', (code) => failed(new Error(`the writer ended with ${code}`)));
    });
    child.kill('SIGSTOP');
    return new WriteLock(child);
  }

  /** Its transaction ends with it. */
  async release(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await gone;
  }
}
