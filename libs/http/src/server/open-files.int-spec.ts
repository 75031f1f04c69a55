import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const ROOT = join(import.meta.dirname, '../../../..');

/** The first thing that a replica of this build says when it starts with so many. */
function firstWordsWith(files: number): Promise<string> {
  const main = join(ROOT, 'dist/replicas/commerce.js');
  const env = {
    REDIS_URL: 'redis://127.0.0.1:1',
    DATABASE_URL: `sqlite:${join(ROOT, 'no/such/folder/data.sqlite')}`,
    REPLICA_ID: 'c1',
  };
  return new Promise((resolve, reject) => {
    const child = spawn(
      '/bin/sh',
      ['-c', `ulimit -n ${files}; exec "${process.execPath}" "${main}"`],
      {
        env,
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    const end = (said: string): void => {
      child.kill('SIGKILL');
      resolve(said);
    };
    child.stdout.once('data', (chunk: Buffer) => end(chunk.toString()));
    child.stderr.once('data', (chunk: Buffer) => end(chunk.toString()));
    child.once('error', reject);
  });
}

describe('a replica that may open few files', () => {
  it('says so before anything else', async () => {
    const said = await firstWordsWith(512);
    expect(said).toContain('raise ulimit -n');
    expect(said).toContain('"limit":512');
  });

  it('says nothing of it when there are enough', async () => {
    const said = await firstWordsWith(1_024);
    expect(said).not.toContain('raise ulimit -n');
    expect(said).not.toBe('');
  });
});
