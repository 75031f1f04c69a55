import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { projectRoot } from '../../tools/lib/run.mjs';

interface Outcome {
  readonly code: number;
  readonly output: string;
}

/** For each program, on however busy a machine. */
const LIMIT_MS = 10 * 60_000;
const LIST_FILES = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];

/** The files of this project in a folder of their own, to be changed and checked there. */
export class ProjectCopy {
  private constructor(readonly folder: string) {}

  static async make(): Promise<ProjectCopy> {
    // Inside the project, on the file system of its packages: they are linked, not copied.
    const state = join(projectRoot, '.lockstep');
    await mkdir(state, { recursive: true });
    const folder = await mkdtemp(join(state, 'copy-'));
    const listed = await pass(projectRoot, 'git', LIST_FILES);
    for (const file of listed.split('\0').filter(Boolean)) await copyFile(file, folder);
    await pass(projectRoot, 'cp', ['-al', 'node_modules', folder]);
    // Its own, or the tools would take it for an ignored folder of this one.
    await pass(folder, 'git', ['init', '-q']);
    return new ProjectCopy(folder);
  }

  /** Runs a script in the copy and answers what it printed. Rejects with that when it fails. */
  node(...args: string[]): Promise<string> {
    return pass(this.folder, process.execPath, args);
  }

  /** The same with the program of a package. */
  npx(name: string, ...args: string[]): Promise<string> {
    return pass(this.folder, join(this.folder, 'node_modules', '.bin', name), args);
  }

  /** Runs a script in the copy, whose failure is expected. */
  tryNode(...args: string[]): Promise<Outcome> {
    return run(this.folder, process.execPath, args);
  }

  remove(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }
}

async function copyFile(file: string, folder: string): Promise<void> {
  if (!existsSync(join(projectRoot, file))) return; // Deleted.
  await mkdir(dirname(join(folder, file)), { recursive: true });
  await cp(join(projectRoot, file), join(folder, file));
}

async function pass(cwd: string, program: string, args: readonly string[]): Promise<string> {
  const { code, output } = await run(cwd, program, args);
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${code}:\n${output}`);
  return output;
}

function run(cwd: string, program: string, args: readonly string[]): Promise<Outcome> {
  const options = '--experimental-vm-modules --disable-warning=ExperimentalWarning';
  const env = { ...process.env, NODE_OPTIONS: options };
  return new Promise((resolve) => {
    const settings = { cwd, env, timeout: LIMIT_MS, maxBuffer: 50_000_000 };
    const child = execFile(program, args, settings, (_error, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, output: `${stdout}${stderr}` }),
    );
  });
}
