import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { isPortFree } from './free-port.js';

const BASE = { commerce: 3000, authoring: 4000, redis: 6400 } as const;
type Purpose = keyof typeof BASE;

/**
 * The ports of this folder's fleet. Each starts at 3000, 4000 or 6400, moves on when somebody else listens there, and is remembered,
 * so that the next start has the same addresses as long as they are free.
 */
export class FleetPorts {
  private readonly remembered: Record<string, number>;
  private readonly handedOut = new Map<string, number>();

  constructor(private readonly file: string) {
    this.remembered = readPorts(file);
  }

  /** The port for the nth process of a purpose. `renew` gives up the one it had, because a stranger was faster. */
  async portFor(purpose: Purpose, index: number, { renew = false } = {}): Promise<number> {
    const slot = `${purpose}-${index}`;
    const current = this.handedOut.get(slot);
    if (current !== undefined && !renew) return current;
    this.handedOut.delete(slot);
    const candidates = [this.remembered[slot], ...range(BASE[purpose] + index - 1, 500)];
    for (const port of candidates) {
      if (port === undefined || [...this.handedOut.values()].includes(port)) continue;
      // Reserved before the check, because two slots may ask at the same time.
      this.handedOut.set(slot, port);
      if (await isPortFree(port)) {
        this.remember(slot, port);
        return port;
      }
      this.handedOut.delete(slot);
    }
    throw new Error(`no free port for ${slot} above ${BASE[purpose]}`);
  }

  private remember(slot: string, port: number): void {
    if (this.remembered[slot] === port) return;
    this.remembered[slot] = port;
    writeFileSync(this.file, `${JSON.stringify(this.remembered, null, 2)}\n`);
  }
}

/** The port a process had when it was last started; whether it still runs is for the caller to know. */
export function lastPortOf(file: string, purpose: Purpose, index: number): number | undefined {
  return readPorts(file)[`${purpose}-${index}`];
}

function range(start: number, length: number): number[] {
  return Array.from({ length }, (_unused, offset) => start + offset);
}

function readPorts(file: string): Record<string, number> {
  if (!existsSync(file)) return {};
  try {
    const parsed: unknown = JSON.parse(readFileSync(file, 'utf8'));
    const entries = Object.entries(parsed ?? {}).filter(([, port]) => Number.isInteger(port));
    return Object.fromEntries(entries) as Record<string, number>;
  } catch {
    // A damaged memory costs the old addresses, nothing else.
    return {};
  }
}
