import { expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { pathToFileURL } from 'node:url';

const built = pathToFileURL('dist/libs/observability/src/logger.js').href;

/** Logs and exits while something else holds the thread that writes. */
const PROGRAM = `
  import { pbkdf2 } from 'node:crypto';
  import { createLogger } from '${built}';
  const logger = createLogger({ level: 'info' });
  pbkdf2('a', 'b', 500_000, 64, 'sha512', () => undefined);
  logger.info({}, 'first');
  logger.info({}, 'last');
  await logger.end();
  process.exit(0);
`;

it('hands over the last line before the process exits, however slowly it is written', async () => {
  const child = spawn(process.execPath, ['--input-type=module', '-e', PROGRAM], {
    env: { UV_THREADPOOL_SIZE: '1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  await once(child, 'close');
  const messages = output
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { readonly msg: string }).msg);
  expect(messages).toEqual(['first', 'last']);
});
