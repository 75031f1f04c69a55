import { createWriteStream, existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { readLogLine } from './log-line.js';

const COLOURS: Readonly<Record<string, string>> = { warn: '33', error: '31', fatal: '31' };

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
    this.print(`${this.paint('[lockstep]', '36')} ${text}`);
  }

  /** A block of text without a prefix. */
  print(text: string): void {
    process.stdout.write(`${text}\n`);
  }

  /** The log of one process: all of it to a file, what is alarming to the terminal (all of it there too when verbose). */
  openLog(name: string): ReplicaLog {
    const file = createWriteStream(this.fileOf(name));
    return {
      line: (text) => {
        file.write(`${text}\n`);
        this.show(name, text);
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

  private show(name: string, line: string): void {
    const { level, text, isAlarming } = readLogLine(line);
    if (!isAlarming && !this.isVerbose) return;
    const words = [this.paint(name, '35'), this.paint(level, COLOURS[level] ?? '2'), text];
    this.print(words.filter((word) => word !== '').join(' '));
  }

  private paint(text: string, colour: string): string {
    return this.isColoured && text !== '' ? `\u001b[${colour}m${text}\u001b[0m` : text;
  }
}
