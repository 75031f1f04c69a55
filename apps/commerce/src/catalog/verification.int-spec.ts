import type { Store } from '#libs/stores';
import { afterAll, afterEach, beforeAll, expect, it, jest } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { cacheErrors, CoherentCache, Follower } from '#libs/cache';
import { SamplingVerifier } from '#libs/fleet';
import { loadConfig } from '#libs/config';
import { migrateDatabase, sql } from '#libs/database';
import { createReplicaApp } from '#libs/http';
import { Logger, Metrics } from '#libs/observability';
import { pricingTags } from '#libs/pricing';
import { searchErrors } from '#libs/search';
import {
  describeOnEachDatabase,
  PATIENT_READS,
  startRedis,
  type RedisFixture,
} from '#libs/testing';
import { productDraft } from '../../../../libs/catalog/test/catalog-drafts.js';
import { CatalogFixture } from '../../../../libs/catalog/test/catalog-fixture.js';
import { CommerceModule } from '../commerce.module.js';

const SLUGS = ['pad', 'disc', 'rotor', 'hose'];
const DRAWS = 2_000;
const LEAST_WRITES = 1_000;
const MOST_WRITES = 8_000;

/** Lets the others of this process have theirs. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

interface Variant {
  readonly id: string;
  readonly product_id: string;
}

/** The database is written to by somebody whose commits this replica learns of from the log alone. */
describeOnEachDatabase('verification of what a commerce replica holds', (open) => {
  let catalog: CatalogFixture;
  let redis: RedisFixture;
  let app: NestFastifyApplication;
  let store: Store;
  let variants: readonly Variant[];
  let amount = 10_000;

  beforeAll(async () => {
    catalog = await CatalogFixture.open(async () => {
      return open();
    });
    redis = await startRedis();
    const environment = {
      DATABASE_URL: catalog.databaseUrl,
      REDIS_URL: redis.url,
      LOG_LEVEL: 'silent',
      // The test verifies by itself.
      CACHE_VERIFY_PER_SECOND: '0',
      ...PATIENT_READS,
    };
    const config = loadConfig(environment, 'commerce');
    await migrateDatabase(config.database.url);
    app = await createReplicaApp(config, { module: CommerceModule });
    store = await catalog.addStore();
    await catalog.saveMany(store, SLUGS.map(draftOf));
    variants = await catalog.reader.query<Variant>(
      sql`SELECT id, product_id FROM product_variant WHERE store_id = ${store.id} ORDER BY id`,
    );
  });

  afterAll(async () => {
    await app?.close();
    await redis?.stop();
    await catalog?.close();
  });

  afterEach(() => {
    jest.restoreAllMocks();
  });

  const draftOf = (slug: string) => productDraft(slug, { slug, categoryPath: ['Brakes'] });

  const get = async (path: string) => {
    const { statusCode, body } = await app.inject(`/api/v1/stores/${store.code}${path}`);
    return statusCode === 200 ? 200 : (JSON.parse(body) as { code: string }).code;
  };

  const readAll = async (allowed: readonly (number | string)[] = [200]) => {
    const search = '/products?filter[x]=1&filter[x]=2&q=pa%20%2F';
    const paths = ['', '/categories', search];
    paths.push(`${search}&facets=true`, `${search}&facets=true&sort=name`);
    for (const slug of SLUGS) paths.push(`/products/${slug}?locale=de&currency=USD`);
    for (const path of [...paths, '/products?limit=2', '/products/pad/related']) {
      const answered = await get(path);
      expect([path, allowed.includes(answered) ? 'allowed' : answered]).toEqual([path, 'allowed']);
      await turn();
    }
  };

  const setPrice = (id: string, ...tags: readonly string[]) => {
    amount += 1;
    return catalog.unitOfWork.run(async (tx) => {
      await tx.execute(sql`UPDATE price SET amount_minor = ${amount} WHERE variant_id = ${id}`);
      tx.invalidate(...tags);
    });
  };

  /** Entries that were verified so far, by region and result. */
  const verified = async (): Promise<Map<string, number>> => {
    const { body } = await app.get(Metrics).render();
    const lines = body.matchAll(
      /^lockstep_cache_verified_total\{reader="(.+)",result="(.+)",role="commerce"\} ([1-9]\d*)$/gm,
    );
    return new Map([...lines].map(([, reader, result, n]) => [`${reader} ${result}`, Number(n)]));
  };

  const verify = async (draws: number) => {
    for (let draw = 0; draw < draws; draw += 1) {
      await app.get(SamplingVerifier).verifyOne();
      await turn();
    }
  };

  it('finds every region the same as the database, finished answers included', async () => {
    // What was written before is not new any more.
    await app.get(Follower).followNow();
    // Lists are held when they are asked for again.
    await readAll();
    await readAll();
    const expected = [
      'catalog.category-tree same',
      'catalog.product same',
      'catalog.product-card same',
      'catalog.related-products same',
      'catalog.store same',
      'inventory.availability same',
      'output same',
      'pricing.product-prices same',
      'scaling.settings same',
      'search.facets same',
      'search.product-facets same',
      'search.product-page same',
      'search.rules same',
    ];
    const found = async () => [...(await verified()).keys()].toSorted();
    // What is verified is drawn by chance: it goes on until every region was.
    for (let draws = 0; draws < DRAWS && (await found()).length < expected.length; draws += 200) {
      await verify(200);
    }
    expect(await found()).toEqual(expected);
    const { entries = 0 } =
      app
        .get(CoherentCache)
        .readerStates()
        .find(({ name }) => name === 'output') ?? {};
    expect(entries).toBe(SLUGS.length + 7);
  });

  it('never finds a difference while others write, although they change what it compares', async () => {
    const sum = async (result: string) =>
      [...(await verified())].reduce(
        (total, [key, n]) => (key.endsWith(` ${result}`) ? total + n : total),
        0,
      );
    const isPutToTheTest = async () => (await sum('overtaken')) > 0 && (await sum('same')) > 200;
    let isOver = false;
    const writing = (async () => {
      // What is verified at the moment of a write is a matter of chance: they go on until some were.
      for (let write = 0; write < MOST_WRITES; write += 1) {
        if (write > 0 && write % LEAST_WRITES === 0 && (await isPutToTheTest())) break;
        const { id, product_id: productId } = variants[write % variants.length]!;
        if (write % 20 > 0) await setPrice(id, pricingTags.prices(productId));
        else await catalog.saveMany(store, [draftOf(SLUGS[(write / 20) % SLUGS.length]!)]);
        await turn();
      }
      isOver = true;
    })();
    const reading = (async () => {
      // Three products that are written in every millisecond: an answer of all of them may be refused, and on a slow
      // machine their index is never without a change for as long as a search waits.
      const allowed = [200, cacheErrors.answerOvertaken().code, searchErrors.indexNotReady().code];
      while (!isOver) await readAll(allowed);
    })();
    // Several at a time, so that a write comes while one of them is under way.
    const verifying = Array.from({ length: 4 }, async () => {
      while (!isOver) await verify(1);
    });
    await Promise.all([writing, reading, ...verifying]);
    expect(await sum('different')).toBe(0);
    // Otherwise nothing was put to the test.
    expect(await sum('overtaken')).toBeGreaterThan(0);
    expect(await sum('same')).toBeGreaterThan(200);
  });

  it('finds a change that was made behind its back, says so, and holds it no longer', async () => {
    await app.get(Follower).followNow();
    await readAll();
    const error = jest.spyOn(app.get(Logger), 'error');
    await setPrice(variants[0]!.id);
    const made = new Set(['pricing.product-prices', 'output']);
    const found = async () =>
      [...(await verified()).keys()].filter((key) => key.endsWith(' different'));
    for (let draw = 0; draw < DRAWS && (await found()).length === 0; draw += 100) await verify(100);
    // What is found first takes what was made from the same with it, so the rest is not there to be found.
    const regions = (await found()).map((key) => key.replace(' different', ''));
    expect(regions).not.toEqual([]);
    expect(regions.filter((region) => !made.has(region))).toEqual([]);
    const [fields, message] = error.mock.calls[0] ?? [];
    expect(message).toBe('a cached entry differs from the database');
    expect(fields).toMatchObject({
      keySha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      tags: expect.arrayContaining([pricingTags.prices(variants[0]!.product_id)]),
    });
    expect(JSON.stringify(error.mock.calls)).not.toContain(String(amount));
    await readAll();
    error.mockClear();
    await verify(DRAWS);
    expect(error.mock.calls).toEqual([]);
  });
});
