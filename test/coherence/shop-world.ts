import { Module, type INestApplicationContext, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import {
  ProductDirectory,
  ProductEditor,
  ProductWriter,
  type ProductPatch,
  type ProductSheet,
  type VariantInput,
} from '#authoring/catalog';
import { IdentityModule, SessionEditor, StaffUserEditor } from '#authoring/identity';
import { JobsAuthoringModule } from '#authoring/jobs';
import { PromotionEditor } from '#authoring/promotions';
import { RuntimeSettingEditor } from '#authoring/scaling';
import { StoreDirectory, StoreSettingsEditor } from '#authoring/stores';
import { CacheModule, CoherentCache } from '#libs/cache';
import { ShopperSessionEditor } from '#libs/customers';
import { ConfigModule, loadConfig } from '#libs/config';
import { DatabaseModule, UnitOfWork } from '#libs/database';
import { FleetModule } from '#libs/fleet';
import { JobsModule } from '#libs/jobs';
import { ObservabilityModule } from '#libs/observability';
import type { Promotion } from '#libs/promotions';
import { RedisModule } from '#libs/redis';
import { StoreSettingsLookup, type SettingsKind, type StoreSettings } from '#libs/stores';
import { PATIENT_READS, type DatabaseFixture, type OpenDatabaseFixture } from '#libs/testing';
import { composition as authoring, permissions } from '../../apps/authoring/src/composition.js';
import { composition as commerce } from '../../apps/commerce/src/commerce.module.js';
import { productDraft } from '../../libs/catalog/test/catalog-drafts.js';
import { SearchIndex } from '../../libs/search/src/storefront/following/search-index.js';
import type { Principal } from '../../libs/identity/src/model/principal.js';
import { openAccount, openOffice, openShop } from './open-shop.js';
import { PASSWORD, principalOf } from './shop-people.js';
import { tenPercentOff } from '../../libs/promotions/test/some-promotion.js';

class ShopModule {}

/** Of every role, what the readers keep. */
export const regions: readonly string[] = [...new Set([...commerce.regions, ...authoring.regions])];

/** What was made when the shop opened; it may be gone by now. */
export interface ShopIds {
  readonly brakes: string;
  readonly pads: string;
  readonly tyres: string;
  readonly empty: string;
  readonly spareCategory: string;
  readonly pad: string;
  readonly disc: string;
  readonly hose: string;
  readonly clerkRole: string;
  readonly otherRole: string;
  readonly clerk: string;
  readonly session: string;
  readonly sessionSha256: string;
  readonly key: string;
  readonly keySha256: string;
  readonly ownSessionSha256: string;
  readonly customer: string;
  readonly shopperSession: string;
  readonly shopperSessionSha256: string;
}

/**
 * A small shop in one process that has the readers of both roles and every editor, on a real database.
 * What is committed is voided in this process at once; Redis takes no part.
 */
export class ShopWorld {
  private readonly tags: string[] = [];
  readonly storeCode = 'shop';
  readonly spareCode = 'spare';
  ids!: ShopIds;

  private constructor(
    private readonly database: DatabaseFixture,
    private readonly app: INestApplicationContext,
  ) {
    app.get(UnitOfWork).onCommit((commit) => this.tags.push(...commit.tags));
    // What the index voids beside them counts as well.
    const index = app.get(SearchIndex);
    const applied = index.applied.bind(index);
    index.applied = (tags) => {
      const voided = applied(tags);
      this.tags.push(...voided);
      return voided;
    };
  }

  static async open(open: OpenDatabaseFixture): Promise<ShopWorld> {
    const database = await open();
    const environment = {
      DATABASE_URL: database.url,
      REDIS_URL: 'redis://127.0.0.1:1',
      LOG_LEVEL: 'silent',
      JOBS_WORKER: 'false',
      CACHE_VERIFY_PER_SECOND: '0',
      ...PATIENT_READS,
    };
    Module({
      imports: [
        ConfigModule.forConfig(loadConfig(environment, 'authoring')),
        ObservabilityModule,
        RedisModule,
        DatabaseModule.forRoot({ isMigrating: true }),
        CacheModule,
        FleetModule,
        JobsModule.forRoot({ contracts: authoring.jobs }),
        JobsAuthoringModule.forRoot(),
        IdentityModule.forRoot({ permissions }),
        ...new Set([...commerce.modules, ...authoring.modules]),
      ],
    })(ShopModule);
    const app = await NestFactory.createApplicationContext(ShopModule, {
      logger: false,
      abortOnError: false,
    });
    const world = new ShopWorld(database, app);
    // A row comes with the first change.
    for (const isOn of [false, true]) {
      await app.get(RuntimeSettingEditor, { strict: false }).set('relatedProducts', isOn);
    }
    world.ids = {
      ...(await openShop(world)),
      ...(await openOffice(world)),
      ...(await openAccount(world)),
    };
    return world;
  }

  get<T>(type: Type<T>): T {
    return this.app.get(type);
  }

  get cache(): CoherentCache {
    return this.get(CoherentCache);
  }

  get unitOfWork(): UnitOfWork {
    return this.get(UnitOfWork);
  }

  /** The tags of whatever was committed since the last call. */
  takeTags(): ReadonlySet<string> {
    return new Set(this.tags.splice(0));
  }

  product(id = this.ids.pad): Promise<ProductSheet> {
    return this.get(ProductDirectory).get(this.storeCode, id);
  }

  async patch(patch: ProductPatch, id = this.ids.pad): Promise<void> {
    const { version } = await this.product(id);
    await this.get(ProductEditor).update({ storeCode: this.storeCode, id }, version, patch);
  }

  /** Changes the first variant of the pad; the others stay. */
  async patchVariant(changes: Partial<VariantInput>): Promise<void> {
    const { variants } = await this.product();
    await this.patch({
      variants: variants.map((each, index) => (index === 0 ? { ...each, ...changes } : each)),
    });
  }

  /** Replaces one of the documents that say how the store sells. */
  async tell<Kind extends SettingsKind>(
    code: string,
    kind: Kind,
    changes: Partial<StoreSettings[Kind]>,
  ): Promise<void> {
    const { id } = await this.get(StoreDirectory).get(code);
    const { content, version } = await this.unitOfWork.run((tx) =>
      this.get(StoreSettingsLookup).get(tx, id, kind),
    );
    await this.get(StoreSettingsEditor).replace(code, kind, version, { ...content, ...changes });
  }

  async import(sourceKey: string, changes: Parameters<typeof productDraft>[1]): Promise<void> {
    const store = await this.get(StoreDirectory).get(this.storeCode);
    const draft = productDraft(sourceKey, changes);
    const { rejected } = await this.unitOfWork.run((tx) =>
      this.get(ProductWriter).saveMany(tx, store, [draft]),
    );
    if (rejected.length > 0) throw new TypeError(JSON.stringify(rejected));
  }

  /** Of somebody who may do everything. */
  async administrator(): Promise<Principal> {
    const [first] = await this.get(StaffUserEditor).list('', 1);
    return principalOf(first?.id ?? '');
  }

  signIn(email: string): Promise<{ readonly id: string; readonly token: string }> {
    return this.get(SessionEditor).signIn({ email, password: PASSWORD, address: 'here' });
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.database.remove();
  }

  /** Takes 10 % off everything. */
  openPromotion(name: string): Promise<Promotion> {
    return this.get(PromotionEditor).create(this.storeCode, {
      ...tenPercentOff,
      name,
      state: 'active',
    });
  }

  /** Signs the customer of the shop in, whose mailbox counts as confirmed. */
  async signInShopper(): Promise<{ readonly id: string; readonly token: string }> {
    const { id: storeId } = await this.get(StoreDirectory).get(this.storeCode);
    const from = { address: 'here', device: null };
    const login = { email: 'ada@example.com', password: PASSWORD };
    const request = { storeId, ...login, ...from };
    const nothing = () => Promise.resolve();
    return (await this.get(ShopperSessionEditor).signIn(request, nothing)).session;
  }
}
