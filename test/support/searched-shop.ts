import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { loadConfig } from '#libs/config';
import { migrateDatabase } from '#libs/database';
import { createReplicaApp, POSITION_GATE, type PositionGate } from '#libs/http';
import type { Store } from '#libs/stores';
import { PATIENT_READS, type OpenDatabaseFixture } from '#libs/testing';
import { CommerceModule } from '../../apps/commerce/src/commerce.module.js';
import { CatalogFixture } from '../../libs/catalog/test/catalog-fixture.js';

type Drafts = Parameters<CatalogFixture['saveMany']>[1];
type Query = Readonly<Record<string, string | number>>;

/** A page of a list, as far as tests look at it. */
interface ListedRange {
  readonly min: { readonly amount: number } | null;
  readonly max: { readonly amount: number } | null;
  readonly count: number;
}

export interface Listed {
  readonly items: readonly { readonly name: string }[];
  readonly nextCursor: string | null;
  readonly facets?: {
    readonly total: number;
    readonly attributes: readonly {
      readonly code: string;
      readonly values: readonly { readonly value: string; readonly count: number }[];
    }[];
    readonly priceRanges: readonly ListedRange[];
    readonly attributeRanges: readonly {
      readonly code: string;
      readonly unit: string | null;
      readonly ranges: readonly { readonly range: string; readonly count: number }[];
    }[];
  };
  readonly didYouMean?: string;
}

/**
 * A store and a commerce replica that is searched. Another process writes, and there is no Redis: the replica
 * learns of everything from the log.
 */
export class SearchedShop {
  private constructor(
    readonly catalog: CatalogFixture,
    readonly store: Store,
    readonly app: NestFastifyApplication,
  ) {}

  /** The drafts are there before the replica is. */
  static async open(open: OpenDatabaseFixture, drafts: Drafts): Promise<SearchedShop> {
    const catalog = await CatalogFixture.open(open);
    const environment = {
      DATABASE_URL: catalog.databaseUrl,
      REDIS_URL: 'redis://127.0.0.1:1',
      // A test asks more than a shopper.
      LIMIT_SEARCH: '1000000',
      LOG_LEVEL: 'silent',
      ...PATIENT_READS,
    };
    const config = loadConfig(environment, 'commerce');
    await migrateDatabase(config.database.url);
    const store = await catalog.addStore();
    await catalog.saveMany(store, drafts);
    const app = await createReplicaApp(config, { module: CommerceModule });
    return new SearchedShop(catalog, store, app);
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.catalog.close();
  }

  /** Asks for what is below the address of the store; positioned: at the latest commit. */
  ask(query: Query, isPositioned = true, path = 'products') {
    const { installation } = this.app.get<PositionGate>(POSITION_GATE);
    const position = this.catalog.commits.at(-1)?.position ?? 0;
    return this.app.inject({
      url: `/api/v1/stores/${this.store.code}/${path}`,
      query: Object.fromEntries(Object.entries(query).map(([name, value]) => [name, `${value}`])),
      headers: isPositioned ? { 'lockstep-position': `${position}@${installation}` } : {},
    });
  }

  /** Throws when there is no list. */
  async list(query: Query, isPositioned = true): Promise<Listed> {
    const answer = await this.ask(query, isPositioned);
    if (answer.statusCode !== 200) throw new Error(`${JSON.stringify(query)}: ${answer.body}`);
    return answer.json<Listed>();
  }

  async names(query: Query): Promise<string[]> {
    return (await this.list(query)).items.map(({ name }) => name);
  }
}
