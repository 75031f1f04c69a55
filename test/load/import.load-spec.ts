import { execFile } from 'node:child_process';
import { openAsBlob } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { delay } from '#libs/kernel';
import { startFleet, temporarySqlite, type RunningFleet, type SqliteFixture } from '#libs/testing';

const run = promisify(execFile);
const PRODUCTS = 100_000;
const MAX_RSS_MIB = 400;
const SAMPLE_MS = 250;
const LIMIT_MS = 30 * 60_000;

interface JobAnswer {
  readonly state: string;
  readonly result: Record<string, number> | null;
}

/** Resident memory of a process in MiB. */
async function rssMib(pid: number): Promise<number> {
  const { stdout } = await run('ps', ['-o', 'rss=', '-p', String(pid)]);
  return Number(stdout.trim()) / 1024;
}

function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

describe(`an import of ${PRODUCTS} products`, () => {
  let fleet: RunningFleet;
  let scratch: SqliteFixture;
  let csv: string;
  let authorization: string;

  const call = async (path: string, init: { method?: string; body?: FormData } = {}) => {
    const response = await fetch(`${fleet.authoring[0]?.url}/api/v1${path}`, {
      ...init,
      headers: { authorization },
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response.json() as Promise<unknown>;
  };

  beforeAll(async () => {
    scratch = await temporarySqlite();
    csv = join(scratch.folder, 'products.csv');
    const generator = 'dist/tools/generate-products.js';
    await run(process.execPath, [
      generator,
      '--count',
      String(PRODUCTS),
      '--seed',
      '1',
      '--out',
      csv,
    ]);
    fleet = await startFleet({ commerce: 1, authoring: 2 });
    const response = await fetch(`${fleet.authoring[0]?.url}/api/v1/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(fleet.staff),
    });
    const { token } = (await response.json()) as { token: string };
    authorization = `Bearer ${token}`;
  });

  afterAll(async () => {
    await fleet.stop();
    await scratch.remove();
  });

  it(
    `stays under ${MAX_RSS_MIB} MiB while the storefront goes on`,
    async () => {
      const began = performance.now();
      const form = new FormData();
      form.append('file', await openAsBlob(csv), 'products.csv');
      const accepted = (await call('/imports?store=main', { method: 'POST', body: form })) as {
        jobId: string;
      };
      const uploadedMs = performance.now() - began;

      let job: JobAnswer = { state: 'pending', result: null };
      let maxRssMib = 0;
      let failures = 0;
      const readMs: number[] = [];
      const shop = `${fleet.commerce[0]?.url}/api/v1/stores/main/products`;
      while (!['completed', 'dead', 'cancelled'].includes(job.state)) {
        for (const { pid } of fleet.authoring) maxRssMib = Math.max(maxRssMib, await rssMib(pid));
        for (const query of ['?limit=20', '?limit=20&sort=price', '?q=brake']) {
          const sent = performance.now();
          const answer = await fetch(`${shop}${query}`);
          await answer.arrayBuffer();
          readMs.push(performance.now() - sent);
          if (!answer.ok) failures += 1;
        }
        job = (await call(`/jobs/${accepted.jobId}`)) as JobAnswer;
        await delay(SAMPLE_MS);
      }
      const tookS = (performance.now() - began) / 1000;
      readMs.sort((one, other) => one - other);
      console.table({
        'file, MiB': Math.round((await stat(csv)).size / 2 ** 20),
        'upload, s': Math.round(uploadedMs / 100) / 10,
        'until the job ended, s': Math.round(tookS),
        'products per second': Math.round(PRODUCTS / tookS),
        'largest authoring process, MiB': Math.round(maxRssMib),
        'storefront reads meanwhile': readMs.length,
        'failed reads': failures,
        'read p50, ms': Math.round(percentile(readMs, 0.5)),
        'read p99, ms': Math.round(percentile(readMs, 0.99)),
      });
      expect(job.state).toBe('completed');
      expect(job.result).toMatchObject({ created: PRODUCTS, rejected: 0, isComplete: true });
      expect(failures).toBe(0);
      expect(maxRssMib).toBeLessThan(MAX_RSS_MIB);
    },
    LIMIT_MS,
  );
});
