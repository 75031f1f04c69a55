import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

const EVERY_MS = 20;

/** Measures what a busy machine does to everybody: how late a timer is, and how long a few bytes take to the disk. */
export class MachineNoise {
  private isOver = false;
  private maxMs = 0;
  private readonly loop = this.measure();

  /** The longest of both together. */
  async stop(): Promise<number> {
    this.isOver = true;
    await this.loop;
    return this.maxMs;
  }

  private async measure(): Promise<void> {
    const folder = await mkdtemp(join(tmpdir(), 'lockstep-test-'));
    const file = await open(join(folder, 'noise'), 'w');
    try {
      while (!this.isOver) {
        const dueMs = performance.now() + EVERY_MS;
        await setTimeout(EVERY_MS);
        await file.write('noise', 0);
        await file.datasync();
        this.maxMs = Math.max(this.maxMs, performance.now() - dueMs);
      }
    } finally {
      await file.close();
      await rm(folder, { recursive: true });
    }
  }
}
