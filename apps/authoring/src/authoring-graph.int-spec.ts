import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { CoherentCache } from '#libs/cache';
import { loadConfig } from '#libs/config';
import { migrateDatabase } from '#libs/database';
import { accessOf, createReplicaApp } from '#libs/http';
import { describeOnEachDatabase, type DatabaseFixture } from '#libs/testing';
import { MetadataScanner, ModulesContainer } from '@nestjs/core';
import { refusalsOf } from '../../../test/support/vague-refusals.js';
import { authoringReplica } from './authoring.replica.js';
import { composition, permissions } from './composition.js';

type Handler = (...args: never[]) => unknown;

/** The permissions that the routes of an application ask for. */
function permissionsAskedFor(app: NestFastifyApplication): string[] {
  const asked = new Set<string>();
  for (const { controllers } of app.get(ModulesContainer).values()) {
    for (const { metatype } of controllers.values()) {
      if (typeof metatype !== 'function') continue;
      const prototype = metatype.prototype as Record<string, Handler>;
      for (const method of new MetadataScanner().getAllMethodNames(prototype)) {
        const handler = prototype[method];
        const access = handler && accessOf(handler, metatype as abstract new () => unknown);
        if (access?.kind === 'permissions') access.permissions.forEach((name) => asked.add(name));
      }
    }
  }
  return [...asked].filter((name) => !name.startsWith('self:')).toSorted();
}

describeOnEachDatabase('the module graph of an authoring replica', (open) => {
  let database: DatabaseFixture;
  let app: NestFastifyApplication;

  beforeAll(async () => {
    database = await open();
    const environment = {
      REDIS_URL: 'redis://127.0.0.1:1',
      DATABASE_URL: database.url,
      LOG_LEVEL: 'silent',
    };
    const config = loadConfig(environment, 'authoring');
    await migrateDatabase(config.database.url);
    app = await createReplicaApp(config, authoringReplica);
  });

  afterAll(async () => {
    await app?.close();
    await database?.remove();
  });

  it('has a route for every permission that roles may hold, and asks for no other', () => {
    expect(permissionsAskedFor(app)).toEqual(Object.keys(permissions).toSorted());
  });

  it('says of everything that a route refuses what it expects', async () => {
    const { schemas, vague } = await refusalsOf(app);
    expect(schemas).toBeGreaterThan(60);
    expect(vague).toEqual([]);
  });

  it('caches what its slices declare, finished output, and nothing else', () => {
    const regions = app
      .get(CoherentCache)
      .readerStates()
      .map(({ name }) => name);
    expect(regions.toSorted()).toEqual([...composition.regions, 'output'].toSorted());
  });
});
