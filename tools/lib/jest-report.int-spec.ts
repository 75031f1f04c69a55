import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readJestReport, suitesThatFailedIn } from './jest-report.mjs';

const test = (status: string, fullName: string, failureMessages: string[] = []) => ({
  status,
  fullName,
  failureMessages,
});

describe('readJestReport', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lockstep-report-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const written = async (testResults: object[]) => {
    const file = join(folder, 'report.json');
    await writeFile(file, JSON.stringify({ testResults }));
    return file;
  };
  const report = async (testResults: object[]) => readJestReport(await written(testResults));

  it('counts what passed and names what failed', async () => {
    const assertionResults = [test('passed', 'a'), test('failed', 'b', ['expected 1'])];
    const read = await report([{ name: '/x/s.ts', status: 'failed', assertionResults }]);
    expect(read?.passed).toBe(1);
    expect(read?.failures).toEqual([
      { name: expect.stringMatching(/s\.ts: b$/), detail: 'expected 1' },
    ]);
  });

  it('counts a suite that could not run as a failure', async () => {
    const suite = {
      name: '/x/s.ts',
      status: 'failed',
      message: 'SyntaxError',
      assertionResults: [],
    };
    const read = await report([suite]);
    expect(read?.failures).toEqual([
      { name: expect.stringContaining('did not run'), detail: 'SyntaxError' },
    ]);
  });

  it('says why a test was skipped', async () => {
    const assertionResults = [
      test('pending', 'UnitOfWork on SQL Server (skipped: MSSQL_URL is not set) joins'),
      test('pending', 'something else'),
      test('todo', 'later'),
    ];
    const read = await report([{ name: '/x/s.ts', status: 'passed', assertionResults }]);
    expect(read?.skipped.map(({ reason }) => reason)).toEqual([
      'MSSQL_URL is not set',
      'no reason given',
      'not written yet',
    ]);
  });

  it('tells which suites failed while the machine stood still, and leaves them out', async () => {
    const suite = (name: string, status: string, startTime: number, endTime: number) => ({
      ...{ name, status, startTime, endTime },
      assertionResults: [test(status, 'a')],
    });
    const file = await written([
      suite('/x/before.ts', 'failed', 100, 199),
      suite('/x/during.ts', 'failed', 100, 900),
      suite('/x/passed.ts', 'passed', 100, 900),
      suite('/x/after.ts', 'failed', 801, 900),
    ]);
    const during = suitesThatFailedIn(file, [{ fromMs: 200, toMs: 800 }]);
    expect(during).toEqual(['/x/during.ts']);
    const rest = readJestReport(file, { without: during });
    expect(rest?.passed).toBe(1);
    expect(rest?.failures.map(({ name }) => name)).toEqual([
      expect.stringMatching(/before\.ts: a$/),
      expect.stringMatching(/after\.ts: a$/),
    ]);
  });

  it('has no answer where Jest wrote none', () => {
    expect(readJestReport(join(folder, 'absent.json'))).toBeUndefined();
  });
});
