import { Module, type INestApplicationContext, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import {
  CategoryEditor,
  PictureRepository,
  ProductDirectory,
  ProductEditor,
  ProductWriter,
  RelatedProductRepository,
  type ProductPatch,
  type ProductSheet,
  type VariantInput,
} from '#authoring/catalog';
import {
  ApiKeyEditor,
  ensureFirstAdministrator,
  IdentityModule,
  RoleEditor,
  SessionEditor,
  StaffUserEditor,
} from '#authoring/identity';
import { JobsAuthoringModule } from '#authoring/jobs';
import { PromotionEditor } from '#authoring/promotions';
import { RuntimeSettingEditor } from '#authoring/scaling';
import { StoreDirectory, StoreEditor, StoreSettingsEditor } from '#authoring/stores';
import { CustomerDirectory, CustomerEditor, CustomerGroupEditor } from '#authoring/customers';
import { CacheModule, CoherentCache } from '#libs/cache';
import { RegistrationEditor, ShopperSessionEditor } from '#libs/customers';
import { ConfigModule, loadConfig } from '#libs/config';
import { DatabaseModule, sql, UnitOfWork } from '#libs/database';
import { newId } from '#libs/kernel';
import { FleetModule } from '#libs/fleet';
import { JobsModule } from '#libs/jobs';
import { ObservabilityModule } from '#libs/observability';
import type { Promotion } from '#libs/promotions';
import { RedisModule } from '#libs/redis';
import { StoreSettingsLookup, type SettingsKind, type StoreSettings } from '#libs/stores';
import type { DatabaseFixture, OpenDatabaseFixture } from '#libs/testing';
import { composition as authoring, permissions } from '../../apps/authoring/src/composition.js';
import { composition as commerce } from '../../apps/commerce/src/commerce.module.js';
import { shopperTokens } from '../../libs/customers/src/model/shopper-tokens.js';
import { productDraft, variantDraft } from '../../libs/catalog/test/catalog-drafts.js';
import { staffTokens } from '../../libs/identity/src/authoring/access/staff-tokens.js';
import { SearchIndex } from '../../libs/search/src/storefront/following/search-index.js';
import type { Principal } from '../../libs/identity/src/model/principal.js';

class ShopModule {}

const PASSWORD = 'correct horse battery staple';
const IMAGES = ['/media/a.svg', '/media/b.svg'];

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
      ...(await world.openShop()),
      ...(await world.openOffice()),
      ...(await world.openAccount()),
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
      name,
      state: 'active',
      priority: 0,
      isExclusive: false,
      needsCoupon: false,
      currency: null,
      validFrom: null,
      validUntil: null,
      conditions: [],
      reward: { kind: 'percent', percentPpm: 100_000, items: { kind: 'all' }, atMostMinor: null },
      useLimit: null,
      customerUseLimit: null,
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

  private async openAccount() {
    const { storeCode } = this;
    for (const code of ['trade', 'club']) {
      await this.get(CustomerGroupEditor).create(storeCode, { code, name: code });
    }
    const store = await this.get(StoreDirectory).get(storeCode);
    await this.get(RegistrationEditor).register({
      store,
      email: 'ada@example.com',
      password: PASSWORD,
      name: 'Ada',
      locale: 'en',
      address: 'here',
    });
    await this.unitOfWork.run((tx) =>
      tx.execute(sql`UPDATE customer SET verified_at = 1 WHERE email = 'ada@example.com'`),
    );
    const [customer] = await this.get(CustomerDirectory).list(storeCode, {}, undefined, 1);
    const address = { storeCode, id: customer?.id ?? '' };
    await this.get(CustomerEditor).update(address, customer?.version ?? 0, { group: 'trade' });
    const { id, token } = await this.signInShopper();
    return {
      customer: address.id,
      shopperSession: id,
      shopperSessionSha256: shopperTokens.read(token)?.sha256 ?? '',
    };
  }

  private async openShop() {
    const { storeCode, spareCode } = this;
    const content = {
      name: 'Shop',
      currencies: ['EUR', 'USD'],
      locales: ['en', 'de'],
      defaultCurrency: 'EUR',
      defaultLocale: 'en',
    };
    for (const code of [storeCode, spareCode]) await this.get(StoreEditor).create(code, content);
    await this.tell(storeCode, 'tax', {});
    await this.tell(storeCode, 'sales', {});
    await this.openPromotion('First');
    const category = async (code: string, en: string, parentId: string | null = null) => {
      const names = { en, de: `${en} (de)` };
      const input = { parentId, position: 1, names };
      return (await this.get(CategoryEditor).create(code, input)).id;
    };
    const brakes = await category(storeCode, 'Brakes');
    const pads = await category(storeCode, 'Pads', brakes);
    const [pad, disc, hose] = [newId(), newId(), newId()];
    const text = (name: string) => ({
      name,
      descriptionHtml: '<p>Stops</p>',
      seoTitle: 'Stop',
      seoDescription: 'Stops',
    });
    const options = { options: ['Size', 'Colour', 'Kind'], categoryId: pads };
    await this.import('pad-handle', {
      ...options,
      id: pad,
      slug: 'pad',
      texts: { en: text('Pad'), de: text('Belag') },
      attributes: [{ code: 'material', value: 'steel' }],
      images: IMAGES.map((url) => ({ url, alt: 'a' })),
      variants: ['S', 'L'].map((size) =>
        variantDraft({
          sku: `PAD-${size}`,
          optionValues: [size, 'red', 'front'],
          barcode: `40${size}`,
          weightGrams: 100,
          imageUrl: IMAGES[0] ?? null,
        }),
      ),
    });
    await this.import('disc-handle', { id: disc, slug: 'disc', categoryId: brakes });
    await this.import('hose-handle', { id: hose, slug: 'hose' });
    const { id: storeId } = await this.get(StoreDirectory).get(storeCode);
    await this.unitOfWork.run(async (tx) => {
      const body = '<svg/>';
      const picture = { path: 'demo/pad.svg', contentType: 'image/svg+xml', body };
      await this.get(PictureRepository).ensure(tx, [picture]);
      const related = new Map([[pad, [disc, hose]]]);
      await this.get(RelatedProductRepository).replace(tx, storeId, related);
    });
    return {
      ...{ brakes, pads, pad, disc, hose },
      tyres: await category(storeCode, 'Tyres'),
      empty: await category(storeCode, 'Empty'),
      spareCategory: await category(spareCode, 'Spare'),
    };
  }

  private async openOffice() {
    const administrator = { email: 'first@example.com', password: PASSWORD };
    await ensureFirstAdministrator(this.unitOfWork, administrator);
    const first = await this.administrator();
    const role = async (name: string, granted: string) =>
      (await this.get(RoleEditor).create(first, { name, permissions: [granted] })).id;
    const clerkRole = await role('Clerk', 'catalog:product:read');
    const otherRole = await role('Other', 'catalog:product:update');
    const { id: clerk } = await this.get(StaffUserEditor).create(first, {
      email: 'clerk@example.com',
      name: 'Clerk',
      password: PASSWORD,
      roleIds: [clerkRole],
    });
    const { id: session, token } = await this.signIn('clerk@example.com');
    const own = await this.signIn(administrator.email);
    const { key, secret } = await this.get(ApiKeyEditor).create(principalOf(clerk), {
      name: 'Till',
      permissions: ['catalog:product:read'],
      expiresAt: undefined,
    });
    return {
      ...{ clerkRole, otherRole, clerk, session, key: key.id },
      sessionSha256: staffTokens.read(token)?.sha256 ?? '',
      keySha256: staffTokens.read(secret)?.sha256 ?? '',
      ownSessionSha256: staffTokens.read(own.token)?.sha256 ?? '',
    };
  }
}

export function principalOf(userId: string): Principal {
  return {
    actor: { kind: 'staff', id: userId, name: userId },
    userId,
    permissions: [],
    credential: { kind: 'session', id: `session of ${userId}`, expiresAt: undefined },
  };
}
