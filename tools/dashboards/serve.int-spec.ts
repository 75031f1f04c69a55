import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './serve.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lockstep-dashboards-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function refusal(...args: string[]): Promise<unknown> {
  const named = ['--prometheus', 'http://127.0.0.1:1', ...args];
  return run(named, () => undefined).then(
    () => 'it began',
    (error: unknown) => error,
  );
}

it('says in one line what is wrong with the folder', async () => {
  const isFor = (message: RegExp) => ({
    name: 'UsageError',
    message: expect.stringMatching(message),
  });
  const missing = join(folder, 'missing');
  expect(await refusal('--folder', missing)).toMatchObject(isFor(/no such file or directory/));
  expect(await refusal('--folder', folder)).toMatchObject(isFor(/^no dashboards/));
  for (const text of ['{', '[]', '{"title":"a","panels":[{"type":"row"}]}']) {
    writeFileSync(join(folder, 'one.json'), text);
    expect(await refusal('--folder', folder)).toMatchObject(isFor(/one\.json is no dashboard/));
  }
});

it('says in one line that the port is taken', async () => {
  writeFileSync(join(folder, 'one.json'), '{"title":"One","panels":[]}');
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const refused = await refusal('--folder', folder, '--port', String(port));
  other.close();
  expect(refused).toMatchObject({
    name: 'UsageError',
    message: expect.stringContaining('EADDRINUSE'),
  });
});
