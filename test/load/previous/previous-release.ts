import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from '../../../tools/lib/run.mjs';

const execute = promisify(execFile);
const LIMIT_MS = 10 * 60_000;
const LOCK = 'package-lock.json';

/** The commit that is the release before: what `LOCKSTEP_PREVIOUS` names, else the last tag; undefined where there is neither. */
export async function previousCommit(): Promise<string | undefined> {
  const named = process.env['LOCKSTEP_PREVIOUS'] ?? '';
  if (named !== '') return (await git('rev-parse', '--verify', `${named}^{commit}`)).trim();
  return git('describe', '--tags', '--abbrev=0').then(
    (tag) => tag.trim(),
    () => undefined,
  );
}

/** Another release of this project, built in a folder of its own with its own dependencies. */
export class PreviousRelease {
  private constructor(readonly folder: string) {}

  static async build(commit: string): Promise<PreviousRelease> {
    const state = join(projectRoot, '.lockstep');
    await mkdir(state, { recursive: true });
    const folder = await mkdtemp(join(state, 'previous-'));
    const release = new PreviousRelease(folder);
    try {
      await release.lay(commit);
    } catch (error) {
      await release.remove();
      throw error;
    }
    return release;
  }

  private async lay(commit: string): Promise<void> {
    const archive = join(this.folder, 'release.tar');
    await git('archive', '--format=tar', `--output=${archive}`, commit);
    await this.run('tar', '-xf', archive);
    await rm(archive);
    if (await this.hasThePackagesOf(projectRoot)) {
      await this.run('cp', '-al', join(projectRoot, 'node_modules'), 'node_modules');
    } else await this.run('npm', 'ci', '--no-audit', '--no-fund');
    await this.run(process.execPath, join('node_modules', '.bin', 'nest'), 'build');
  }

  private async hasThePackagesOf(root: string): Promise<boolean> {
    if (!existsSync(join(root, LOCK))) return false;
    const [own, other] = await Promise.all(
      [this.folder, root].map((folder) => readFile(join(folder, LOCK), 'utf8')),
    );
    return own === other;
  }

  private async run(program: string, ...args: string[]): Promise<void> {
    // What this process was started with is not for the programs of another release.
    const { NODE_OPTIONS: _options, ...env } = process.env;
    const settings = { cwd: this.folder, env, timeout: LIMIT_MS, maxBuffer: 50_000_000 };
    await execute(program, args, settings);
  }

  remove(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }
}

async function git(...args: string[]): Promise<string> {
  return (await execute('git', args, { cwd: projectRoot, maxBuffer: 50_000_000 })).stdout;
}
