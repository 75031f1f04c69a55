import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ModulesContainer } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { loadConfig } from '#libs/config';
import { createReplicaApp } from '#libs/http';
import { temporarySqlite, type SqliteFixture } from '#libs/testing';
import * as jobs from '#authoring/jobs';
import * as catalog from '#authoring/catalog';
import * as identity from '#authoring/identity';
import * as push from '#authoring/push';
import { CommerceModule } from './commerce.module.js';

/** Everything that comes in through the second doors. */
const doors: readonly object[] = [jobs, catalog, identity, push];
const BACK_OFFICE = new Set(
  doors.flatMap((door) =>
    Object.values(door as Record<string, unknown>).filter((each) => typeof each === 'function'),
  ),
);

const isOfBackOffice = (type: unknown): boolean =>
  typeof type === 'function' && BACK_OFFICE.has(type);

describe('the module graph of a commerce replica', () => {
  let sqlite: SqliteFixture;
  let app: NestFastifyApplication;
  let classes: { readonly name: string; readonly type: unknown }[];

  beforeAll(async () => {
    sqlite = await temporarySqlite();
    const environment = {
      REDIS_URL: 'redis://127.0.0.1:1',
      DATABASE_URL: sqlite.url,
      LOG_LEVEL: 'silent',
    };
    app = await createReplicaApp(loadConfig(environment, 'commerce'), { module: CommerceModule });
    classes = [...app.get(ModulesContainer).values()].flatMap((module) => [
      { name: module.metatype.name, type: module.metatype },
      ...[...module.providers.values(), ...module.controllers.values()].map(
        ({ name, metatype }) => ({ name: String(name), type: metatype }),
      ),
    ]);
  }, 60_000);

  afterAll(async () => {
    await app?.close();
    await sqlite?.remove();
  });

  it('holds what enqueues jobs, and nothing that could run one', () => {
    const names = classes.map(({ name }) => name);
    expect(names).toContain('JobDispatcher');
    expect(names).toContain('RelatedProductRequests');
    expect(names.filter((name) => /worker|runner|handler|schedul/i.test(name))).toEqual([]);
  });

  it('holds no class of the back office', () => {
    const found = classes.filter(({ type }) => isOfBackOffice(type)).map(({ name }) => name);
    expect(found).toEqual([]);
    expect(classes.map(({ name }) => name)).not.toContain('StaffGuard');
  });
});
