import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ModulesContainer } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { CoherentCache } from '#libs/cache';
import { loadConfig } from '#libs/config';
import { migrateDatabase, PrimaryReader, SqlReader } from '#libs/database';
import { createReplicaApp } from '#libs/http';
import { describeOnEachDatabase, type DatabaseFixture } from '#libs/testing';
import * as jobs from '#authoring/jobs';
import * as catalog from '#authoring/catalog';
import * as identity from '#authoring/identity';
import * as push from '#authoring/push';
import { refusalsOf } from '../../../test/support/vague-refusals.js';
import { CommerceModule, composition } from './commerce.module.js';

/** Everything that comes in through the second doors. */
const doors: readonly object[] = [jobs, catalog, identity, push];
const BACK_OFFICE = new Set(
  doors.flatMap((door) =>
    Object.values(door as Record<string, unknown>).filter((each) => typeof each === 'function'),
  ),
);

const isOfBackOffice = (type: unknown): boolean =>
  typeof type === 'function' && BACK_OFFICE.has(type);

/** Who is given which reader of the database, by name. */
function readersOf(app: NestFastifyApplication): ReadonlyMap<unknown, readonly string[]> {
  const users = new Map<unknown, string[]>([SqlReader, PrimaryReader].map((each) => [each, []]));
  for (const module of app.get(ModulesContainer).values()) {
    for (const { name, metatype, inject } of [
      ...module.providers.values(),
      ...module.controllers.values(),
    ]) {
      // How SqlReader itself is made, where there is no copy.
      if (typeof metatype !== 'function' || name === SqlReader.name) continue;
      const given: unknown = inject ?? Reflect.getMetadata('design:paramtypes', metatype);
      for (const each of Array.isArray(given) ? given : []) users.get(each)?.push(String(name));
    }
  }
  for (const names of users.values()) names.sort();
  return users;
}

describeOnEachDatabase('the module graph of a commerce replica', (open) => {
  let database: DatabaseFixture;
  let app: NestFastifyApplication;
  let classes: { readonly name: string; readonly type: unknown }[];
  let readers: ReadonlyMap<unknown, readonly string[]>;

  beforeAll(async () => {
    database = await open();
    const environment = {
      REDIS_URL: 'redis://127.0.0.1:1',
      DATABASE_URL: database.url,
      LOG_LEVEL: 'silent',
    };
    const config = loadConfig(environment, 'commerce');
    await migrateDatabase(config.database.url);
    app = await createReplicaApp(config, { module: CommerceModule });
    readers = readersOf(app);
    classes = [...app.get(ModulesContainer).values()].flatMap((module) => [
      { name: module.metatype.name, type: module.metatype },
      ...[...module.providers.values(), ...module.controllers.values()].map(
        ({ name, metatype }) => ({ name: String(name), type: metatype }),
      ),
    ]);
  });

  afterAll(async () => {
    await app?.close();
    await database?.remove();
  });

  it('holds what enqueues jobs, and nothing that could run one', () => {
    const names = classes.map(({ name }) => name);
    expect(names).toContain('JobDispatcher');
    expect(names).toContain('OrderPlacing');
    expect(names.filter((name) => /worker|runner|handler|schedul/i.test(name))).toEqual([]);
  });

  /**
   * In a site with its own copy `SqlReader` lags; docs/operations.md says of each use why it may. A view repository reads
   * what shoppers see, by its name.
   */
  it('reads what may lag for what shoppers see and for hints alone', () => {
    const lagging = readers.get(SqlReader)?.filter((name) => !name.endsWith('ViewRepository'));
    expect(lagging).toEqual([
      'AvailabilityRecords',
      'CatalogIndexSource',
      'FacetSettingsReader',
      'HotKeyRepository',
      'PriceListReader',
      'PriceRecords',
      'PromotionReader',
      'RuntimeSettingsReader',
      'SellableReader',
      'StoreReader',
      'StoreSettingsReader',
    ]);
    expect(readers.get(PrimaryReader)).toEqual([
      'AddressBook',
      'CartCoupons',
      'CartEditor',
      'CartVersions',
      'Checkout',
      'CheckoutPlanning',
      'ConfirmationFiles',
      'CouponFinder',
      'CreditReader',
      'CustomerAccessReader',
      'DatabaseClock',
      'DatabaseState',
      'InstallationReader',
      'InvoiceReader',
      'MailTokenRepository',
      'OrderHistory',
      'OrderHistoryRenewal',
      'OrderProgressReader',
      'OrderReader',
      'OutboxRepository',
      'PaymentBeginning',
      'PrimaryWatch',
      'ProfileEditor',
      'ReplicaList',
      'ShopperSessionEditor',
      'ShopperSessionReader',
      'UseState',
      'WishList',
    ]);
  });

  it('says of everything that a route refuses what it expects', async () => {
    const { schemas, vague } = await refusalsOf(app);
    expect(schemas).toBeGreaterThan(20);
    expect(vague).toEqual([]);
  });

  it('caches what its slices declare, finished output, and nothing else', () => {
    const regions = app
      .get(CoherentCache)
      .readerStates()
      .map(({ name }) => name);
    expect(regions.toSorted()).toEqual([...composition.regions, 'output'].toSorted());
  });

  it('holds no class of the back office', () => {
    const found = classes.filter(({ type }) => isOfBackOffice(type)).map(({ name }) => name);
    expect(found).toEqual([]);
    expect(classes.map(({ name }) => name)).not.toContain('StaffGuard');
  });
});
