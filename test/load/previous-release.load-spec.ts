import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import BetterSqlite3 from 'better-sqlite3';
import { newId } from '#libs/kernel';
import {
  runTool,
  startRedis,
  startReplica,
  temporarySqlite,
  type RedisFixture,
  type Role,
  type RunningReplica,
  type SqliteFixture,
} from '#libs/testing';
import { createStore } from '../support/catalog-client.js';
import { ReplicaClient } from '../support/replica-client.js';
import { openShop } from '../support/shop-client.js';
import { previousCommit, PreviousRelease } from './previous/previous-release.js';
import { shopRound } from './previous/shop-round.js';

const STORE = 'roll';
const STAFF = { email: 'staff@lockstep.example', password: 'demo-of-the-test-fleets-4711' };
const WHOLE = { shown: 1_250, ordered: 2, order: 'shipped' };
const LIMIT_MS = 15 * 60_000;

const commit = await previousCommit();
const note =
  commit === undefined
    ? ' (skipped: there is no tag, and LOCKSTEP_PREVIOUS names no commit)'
    : ` (${commit.slice(0, 12)})`;
if (commit === undefined) process.stdout.write(`\nthe release before is skipped:${note}\n`);

/** As in a roll: replicas of the release before run on while the schema becomes that of this one, and beside its replicas. */
(commit === undefined ? describe.skip : describe)(`the release before${note}`, () => {
  let release: PreviousRelease;
  let sqlite: SqliteFixture;
  let redis: RedisFixture;
  let env: NodeJS.ProcessEnv;
  let before: readonly string[];
  const running: RunningReplica[] = [];
  const start = async (role: Role, root?: string): Promise<RunningReplica> => {
    const replica = await startReplica({ role, env, ...(root === undefined ? {} : { root }) });
    running.push(replica);
    return replica;
  };
  let old: Record<'shop' | 'staff', ReplicaClient>;

  beforeAll(async () => {
    release = await PreviousRelease.build(commit ?? '');
    [sqlite, redis] = await Promise.all([temporarySqlite(), startRedis()]);
    env = {
      DATABASE_URL: sqlite.url,
      REDIS_URL: redis.url,
      CHANNEL_PREFIX: `roll-${newId().slice(-12)}`,
    };
    const { folder } = release;
    await runTool('migrate', env, folder);
    const login = { LOCKSTEP_STAFF_EMAIL: STAFF.email, LOCKSTEP_STAFF_PASSWORD: STAFF.password };
    await runTool('seed', { ...env, ...login }, folder);
    const [commerce, authoring] = await Promise.all([
      start('commerce', folder),
      start('authoring', folder),
    ]);
    old = {
      shop: new ReplicaClient(commerce.url),
      staff: await ReplicaClient.signIn(authoring.url, STAFF),
    };
    await createStore(old.staff, STORE);
    await openShop(old.staff, STORE);
    before = migrationsIn(sqlite.file);
  }, LIMIT_MS);

  afterAll(async () => {
    await Promise.all(running.map((replica) => replica.stop()));
    await redis?.stop();
    await sqlite?.remove();
    await release?.remove();
  }, LIMIT_MS);

  const round = (places: Partial<Parameters<typeof shopRound>[0]> = {}) =>
    shopRound({ store: STORE, ...old, ...places });

  it(
    'works on the schema that it was made for',
    async () => {
      expect(await round()).toEqual(WHOLE);
    },
    LIMIT_MS,
  );

  it(
    'runs on while the schema becomes that of this release',
    async () => {
      const failures: string[] = [];
      let isOver = false;
      let rounds = 0;
      const working = (async () => {
        for (; !isOver; rounds += 1)
          await round().catch((error: Error) => failures.push(error.message));
      })();
      await runTool('migrate', env).finally(() => (isOver = true));
      await working;
      const added = migrationsIn(sqlite.file).filter((name) => !before.includes(name));
      process.stdout.write(
        `\nmigrations in between: ${added.join(', ') || 'none'}; rounds meanwhile: ${rounds}\n`,
      );
      expect(failures).toEqual([]);
      expect(await round()).toEqual(WHOLE);
    },
    LIMIT_MS,
  );

  it(
    'starts on the schema of this release',
    async () => {
      const [shop, staff] = await Promise.all([
        start('commerce', release.folder),
        start('authoring', release.folder),
      ]);
      expect(
        await round({ shop: new ReplicaClient(shop.url), staff: old.staff.at(staff.url) }),
      ).toEqual(WHOLE);
    },
    LIMIT_MS,
  );

  it(
    'works beside this release, each going on with what the other began',
    async () => {
      const [commerce, authoring] = await Promise.all([start('commerce'), start('authoring')]);
      const shop = new ReplicaClient(commerce.url);
      const staff = old.staff.at(authoring.url);
      // Written by the old and read by the new, ordered at the new and shipped by the old; then the other way about.
      expect(await round({ shop, shippedBy: old.staff })).toEqual(WHOLE);
      expect(await round({ staff, readAt: shop, shippedBy: staff })).toEqual(WHOLE);
      expect(await round({ shop, staff, readAt: old.shop, shippedBy: old.staff })).toEqual(WHOLE);
    },
    LIMIT_MS,
  );

  it('leaves no job that nobody can do, and nothing to act on in a log', () => {
    expect(stored(sqlite.file, "SELECT name FROM job WHERE state = 'dead'")).toEqual([]);
    const errors = running.flatMap(({ logs }) =>
      logs.filter((line) => /"level":"(error|fatal)"/.test(line)),
    );
    expect(errors).toEqual([]);
  });
});

const migrationsIn = (file: string) => stored(file, 'SELECT name FROM migrations');

/** Names in the database as it is; whoever opens it as this release does migrates it. */
function stored(file: string, text: string): string[] {
  const database = new BetterSqlite3(file, { readonly: true });
  try {
    return database
      .prepare<[], { name: string }>(text)
      .all()
      .map(({ name }) => name);
  } finally {
    database.close();
  }
}
