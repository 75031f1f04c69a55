import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createLogger } from './logger.js';
import { traceOfSources } from './source-traces.js';

describe('traceOfSources', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), 'lockstep traces-')));
    // Its first two lines are lines 3 and 8 of a source, the third is of nothing that is in the map.
    const map = {
      version: 3,
      names: [],
      sources: ['../src/shop.ts', ''],
      mappings: 'AAEA;AAKA;A;AAAA',
    };
    await writeFile(join(folder, 'shop.js.map'), JSON.stringify(map));
    await writeFile(join(folder, 'broken.js.map'), '{"version":3');
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  const at = (file: string, place: string) =>
    `Error: no\n    at sell (${pathToFileURL(join(folder, file)).href}:${place})\n    at node:internal/timers:5:3`;
  const source = () => join(folder, '../src/shop.ts');

  it('names the lines of sources', () => {
    expect(traceOfSources(at('shop.js', '1:1'))).toContain(`at sell (${source()}:3:1)`);
    expect(traceOfSources(at('shop.js', '2:1'))).toContain(`at sell (${source()}:8:1)`);
  });

  it('leaves what has no map, or none that can be read, as it is', () => {
    for (const stack of [
      at('shop.js', '3:1'),
      at('broken.js', '1:1'),
      at('none.js', '1:1'),
      'Error: no',
    ]) {
      expect(traceOfSources(stack)).toBe(stack);
    }
  });

  it('is in the log of errors, of those that they are of, and of a trace that comes as a text', () => {
    const lines: string[] = [];
    const log = createLogger({ level: 'info' }, { write: (line) => void lines.push(line) });
    const failed = (cause?: Error) =>
      Object.assign(new Error('no', { cause }), { stack: at('shop.js', '1:1') });
    log.error({ err: failed(failed()) }, 'failed');
    log.error({ err: new AggregateError([failed()], 'several') }, 'failed');
    log.error({ stack: at('shop.js', '2:1') }, 'failed');
    log.error({ err: 'a text' }, 'failed');
    expect(lines.map((line) => line.split(`${source()}:`).length - 1)).toEqual([2, 1, 1, 0]);
    expect(lines[3]).toContain('a text');
  });
});
