import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { basicEnvironment } from '#libs/testing';
let root: string;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'lockstep-repl-'));
});

afterAll(() => rm(root, { recursive: true, force: true }));

it.each([
  ['commerce', 'productReader'],
  ['authoring', 'productEditor'],
])(
  'the prompt of %s says what it has, works without a fleet, and ends by itself',
  async (role, variable) => {
    const script = `const { openRepl } = await import('./dist/tools/open-repl.js');
      await openRepl('${role}', ${JSON.stringify(root)});`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      env: { ...basicEnvironment(), CHANNEL_PREFIX: 'repl-test' },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const exited = new Promise((resolve) => child.once('exit', resolve));
    child.stdin.end(
      `${variable}.constructor.name + '!'\nawait sqlReader.query(sql\`SELECT 40 + 2 AS answer\`)\n`,
    );
    const output = await text(child.stdout);
    expect(await exited).toBe(0);
    expect(output).toContain(`DATABASE_URL=sqlite:${join(root, 'data/lockstep.db')}`);
    expect(output).toMatch(new RegExp(`^  \\w+Module: .*\\b${variable}\\b`, 'm'));
    expect(output).toContain(`'${variable.charAt(0).toUpperCase()}${variable.slice(1)}!'`);
    expect(output).toContain('[ { answer: 42 } ]');
  },
);
