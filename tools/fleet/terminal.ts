import { createWriteStream, existsSync, mkdirSync, renameSync, type WriteStream } from 'node:fs';
import { join } from 'node:path';

const LEVELS: Readonly<Record<number, string>> = {
  10: 'trace',
  20: 'debug',
  30: 'info',
  40: 'warn',
  50: 'error',
  60: 'fatal',
};
const COLOURS: Readonly<Record<string, string>> = { warn: '33', error: '31', fatal: '31' };
/** Fields that every line has, or that the prefix says already. */
const HIDDEN = new Set(['level', 'time', 'msg', 'pid', 'hostname', 'replica', 'role', 'v', 'name']);

export interface ReplicaLog {
  line(text: string): void;
  close(): void;
}

/** What the operator of a local fleet sees: few lines, each with its origin; everything is in the files of `.lockstep/logs`. */
export class Terminal {
  private readonly isColoured = process.stdout.isTTY;

  constructor(
    private readonly folder: string,
    private readonly isVerbose: boolean,
  ) {
    mkdirSync(folder, { recursive: true });
  }

  /** A line of the fleet itself. */
  say(text: string): void {
    this.write(`${this.paint('[lockstep]', '36')} ${text}`);
  }

  /** A block of text without a prefix. */
  print(text: string): void {
    this.write(text);
  }

  /** The log of one process: all of it to a file (the file before is kept beside it), warnings and errors to the terminal. */
  openLog(name: string): ReplicaLog {
    const file: WriteStream = createWriteStream(this.fileOf(name));
    return {
      line: (text) => {
        file.write(`${text}\n`);
        const shown = this.compact(name, text);
        if (shown !== undefined) this.write(shown);
      },
      close: () => void file.end(),
    };
  }

  /** The path of a log file; an earlier one becomes `<name>.previous.log`. */
  fileOf(name: string): string {
    const path = join(this.folder, `${name}.log`);
    if (existsSync(path)) renameSync(path, join(this.folder, `${name}.previous.log`));
    return path;
  }

  private compact(name: string, text: string): string | undefined {
    const record = parseRecord(text);
    // Something that isn't a log line (a crash of the runtime, a stack) is always worth seeing.
    if (record === undefined) {
      return text.trim() === '' ? undefined : `${this.paint(name, '35')} ${text}`;
    }
    const level = LEVELS[Number(record['level'])] ?? 'info';
    if (!this.isVerbose && Number(record['level']) < 40) return undefined;
    const fields = Object.entries(record)
      .filter(([key]) => !HIDDEN.has(key))
      .map(([key, value]) => `${key}=${shorten(value)}`);
    const time = new Date(Number(record['time'] ?? Date.now())).toISOString().slice(11, 19);
    const words = [time, this.paint(name, '35'), this.paint(level, COLOURS[level] ?? '2')];
    return [...words, shorten(record['msg'] ?? ''), ...fields].join(' ');
  }

  private paint(text: string, colour: string): string {
    return this.isColoured ? `\u001b[${colour}m${text}\u001b[0m` : text;
  }

  private write(text: string): void {
    process.stdout.write(`${text}\n`);
  }
}

function parseRecord(text: string): Record<string, unknown> | undefined {
  if (!text.startsWith('{')) return undefined;
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null ? { ...parsed } : undefined;
  } catch {
    // Half a line of a process that was killed.
    return undefined;
  }
}

function shorten(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 300 ? `${text.slice(0, 300)}...` : text;
}
