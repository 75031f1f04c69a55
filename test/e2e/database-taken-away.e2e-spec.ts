import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { backUpSqlite, restoreSqlite } from '#libs/database';
import { eventually, startFleet, type RunningFleet, type RunningReplica } from '#libs/testing';
import { ReplicaClient } from '../support/replica-client.js';

const WITHIN = { withinMs: 60_000 };

const readiness = async ({ url }: RunningReplica) => {
  const answer = await fetch(`${url}/health/ready`);
  const { checks } = (await answer.json()) as { checks: Record<string, { status: string }> };
  return { status: answer.status, writes: checks['writes']?.status };
};

const newStore = (code: string) => ({
  code,
  name: code,
  currencies: ['EUR'],
  locales: ['en'],
  defaultCurrency: 'EUR',
  defaultLocale: 'en',
});

describe('a database whose file is taken away under a running fleet', () => {
  let fleet: RunningFleet;
  let file: string;
  let backup: string;

  beforeAll(async () => {
    fleet = await startFleet({ commerce: 1, authoring: 1 });
    file = fleet.databaseUrl.slice('sqlite:'.length);
    backup = `${file}.backup`;
  });

  afterAll(async () => {
    await fleet?.stop();
  });

  const becomes = (replica: RunningReplica, status: 200 | 503) =>
    eventually(
      `readiness is ${status}`,
      async () => (await readiness(replica)).status === status,
      WITHIN,
    );
  const storeAt = (replica: RunningReplica, code: string, headers = {}) =>
    new ReplicaClient(replica.url).get(`/stores/${code}`, headers);

  it('by a restored backup: is left alone by those that run, and served by those that start', async () => {
    const before = [...fleet.commerce, ...fleet.authoring];
    const staff = await ReplicaClient.signIn(fleet.authoring[0]!.url, fleet.staff);
    await staff.expect(201, 'POST', '/stores', { body: newStore('kept') });
    await backUpSqlite(file, backup);
    const undone = await staff.expect(201, 'POST', '/stores', { body: newStore('undone') });
    await restoreSqlite(backup, file);

    expect((await staff.call('POST', '/stores', { body: newStore('lost') })).status).toBe(503);
    for (const replica of before) await becomes(replica, 503);
    const [commerce, authoring] = await Promise.all([
      fleet.add('commerce'),
      fleet.add('authoring'),
    ]);
    for (const replica of [commerce, authoring]) {
      await becomes(replica, 200);
    }
    expect((await storeAt(commerce, 'kept')).status).toBe(200);
    for (const code of ['undone', 'lost']) expect((await storeAt(commerce, code)).status).toBe(404);
    // It knows what is undone, and is not taken for a position of the restored database.
    const position = undone.headers.get('lockstep-position') ?? '';
    const future = await storeAt(commerce, 'kept', { 'lockstep-position': position });
    expect([future.status, future.body.code]).toEqual([409, 'cache.position-unknown']);
    const again = await ReplicaClient.signIn(authoring.url, fleet.staff);
    await again.expect(201, 'POST', '/stores', { body: newStore('after') });
  });

  it('by its deletion: takes no more writes, makes every replica unready, and is not made anew by the next replica', async () => {
    const authoring = fleet.authoring.at(-1)!;
    const staff = await ReplicaClient.signIn(authoring.url, fleet.staff);
    for (const part of ['', '-wal', '-shm']) rmSync(`${file}${part}`, { force: true });

    const refused = await staff.call('POST', '/stores', { body: newStore('lost') });
    expect(refused.status).toBe(503);
    for (const replica of [...fleet.commerce, ...fleet.authoring]) await becomes(replica, 503);
    await expect(fleet.add('commerce')).rejects.toThrow(/database\.not-migrated/);
  });
});

/** A file system of 16 MB; needs the right to mount one. */
function mountSmallDisk(): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'lockstep-disk-'));
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=16m', 'tmpfs', folder]);
  if (status === 0) return folder;
  rmdirSync(folder);
  return undefined;
}

const probe = mountSmallDisk();
if (probe !== undefined) {
  spawnSync('umount', [probe]);
  rmdirSync(probe);
}
const describeWithDisk = probe === undefined ? describe.skip : describe;
const reason = probe === undefined ? ' (skipped: no right to mount a file system)' : '';

describeWithDisk(`a database on a disk that is full${reason}`, () => {
  let fleet: RunningFleet | undefined;
  let disk: string | undefined;

  afterEach(async () => {
    await fleet?.stop();
    if (disk === undefined) return;
    spawnSync('umount', ['-l', disk]);
    rmdirSync(disk);
  });

  it('answers 503 and says that it takes no changes; with room again what is acknowledged is there', async () => {
    disk = mountSmallDisk()!;
    fleet = await startFleet({ commerce: 1, authoring: 1, databaseUrl: `sqlite:${disk}/shop.db` });
    const [authoring] = fleet.authoring as [RunningReplica];
    const [commerce] = fleet.commerce as [RunningReplica];
    const staff = await ReplicaClient.signIn(authoring.url, fleet.staff);
    const junk = join(disk, 'junk');
    try {
      writeFileSync(junk, Buffer.alloc(32 * 1024 * 1024));
    } catch {
      // It fills what is left, which is what it is for.
    }
    // A few small ones may still find room in the log that is there already.
    const acknowledged: string[] = [];
    const refusals: number[] = [];
    for (let index = 0; index < 200 && refusals.length < 5; index += 1) {
      const { status } = await staff.call('POST', '/stores', { body: newStore(`full${index}`) });
      if (status === 201) acknowledged.push(`full${index}`);
      else refusals.push(status);
    }
    expect(refusals).toEqual([503, 503, 503, 503, 503]);
    await eventually(
      'authoring is out of the traffic',
      async () => (await readiness(authoring)).writes === 'down',
      WITHIN,
    );
    expect((await readiness(commerce)).status).toBe(200);

    rmSync(junk);
    await eventually(
      'authoring is back',
      async () => (await readiness(authoring)).status === 200,
      WITHIN,
    );
    const again = await ReplicaClient.signIn(authoring.url, fleet.staff);
    expect((await again.call('POST', '/stores', { body: newStore('after') })).status).toBe(201);
    await authoring.kill('SIGKILL');
    for (const code of [...acknowledged, 'after']) {
      await eventually(
        `another replica shows ${code}, which was acknowledged`,
        async () => (await fetch(`${commerce.url}/api/v1/stores/${code}`)).status === 200,
        WITHIN,
      );
    }
  }, 480_000);
});
