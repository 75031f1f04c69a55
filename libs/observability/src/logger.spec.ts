import { describe, expect, it } from '@jest/globals';
import { runInContext } from '#libs/kernel';
import { createLogger } from './logger.js';
import { NestLogger } from './nest-logger.js';

function capture(level: 'info' | 'debug' = 'info') {
  const lines: string[] = [];
  const logger = createLogger(
    { level, role: 'commerce', replica: 'c1' },
    { write: (line) => void lines.push(line) },
  );
  return { logger, lines, parsed: () => lines.map((line) => JSON.parse(line) as object) };
}

describe('Logger', () => {
  it('writes one JSON line with replica, level, time and fields', () => {
    const { logger, parsed } = capture();
    logger.info({ url: 'http://x' }, 'listening');
    expect(parsed()).toEqual([
      {
        level: 'info',
        time: expect.stringMatching(/^\d{4}-.+Z$/),
        role: 'commerce',
        replica: 'c1',
        url: 'http://x',
        msg: 'listening',
      },
    ]);
  });

  it('adds the request and the actor under way', () => {
    const { logger, parsed } = capture();
    const actor = { kind: 'staff', id: '7', name: 'Ann' } as const;
    runInContext({ requestId: 'r1', actor }, () => logger.warn({}, 'slow'));
    expect(parsed()[0]).toMatchObject({ requestId: 'r1', actor: 'staff:7' });
  });

  it('masks secrets wherever they are nested', () => {
    const { logger, lines } = capture();
    const password = 'hunter2';
    const secrets = { password, token: 'hunter2', authorization: 'Bearer hunter2' };
    logger.child({ child: secrets }).info(
      {
        ...secrets,
        body: { user: { ...secrets }, order: { payer: { ...secrets } } },
        request: {
          headers: { cookie: 'hunter2', 'set-cookie': 'hunter2', 'x-api-key': 'hunter2' },
        },
        err: Object.assign(new Error('refused'), {
          parameters: ['hunter2'],
          command: { name: 'auth', args: ['hunter2'] },
        }),
      },
      'signed in',
    );
    expect(lines.join()).not.toContain('hunter2');
    expect(lines.join()).toContain('refused');
  });

  it('carries what Nest says, its announcements only while debugging', () => {
    const { logger, parsed } = capture();
    const nest = new NestLogger(logger);
    nest.log('Mapped {/x, GET} route', 'RouterExplorer');
    nest.log('started', 'Jobs');
    nest.error('broken', 'Error: broken\n    at x.js:1:1', 'Jobs');
    nest.error(new Error('thrown'));
    expect(parsed()).toMatchObject([
      { level: 'info', context: 'Jobs', msg: 'started' },
      { level: 'error', context: 'Jobs', msg: 'broken', stack: expect.stringContaining('at x') },
      { level: 'error', msg: 'thrown', err: { message: 'thrown' } },
    ]);
  });
});
