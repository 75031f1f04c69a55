import type { INestApplicationContext } from '@nestjs/common';
import { StoreRepository, StoresAuthoringModule, StoreSettingsEditor } from '#authoring/stores';
import { StoreLookup } from '#libs/stores';
import {
  CatalogAuthoringModule,
  CategoryRepository,
  PictureRepository,
  ProductWriter,
  RelatedProductRepository,
} from '#authoring/catalog';
import { InventoryAuthoringModule } from '#authoring/inventory';
import { PricingAuthoringModule } from '#authoring/pricing';
import { CouponEditor, PromotionEditor, PromotionsAuthoringModule } from '#authoring/promotions';
import { ensureFirstAdministrator, type FirstAdministrator } from '#authoring/identity';
import { ConfigurationError } from '#libs/config';
import { UnitOfWork } from '#libs/database';
import type { Logger } from '#libs/observability';
import { runDatabaseTool } from './database-tool.js';
import { demoShop } from './demo/demo-shop.js';
import { DemoShopSeeder } from './demo/demo-shop.seeder.js';

const slices = [
  StoresAuthoringModule,
  PricingAuthoringModule,
  InventoryAuthoringModule,
  CatalogAuthoringModule,
  PromotionsAuthoringModule,
];

await runDatabaseTool(slices, async (app, logger) => {
  const administrator = readAdministrator();
  if (readSwitch('LOCKSTEP_DEMO_SHOP')) await seedDemoShop(app, logger);
  if (administrator === undefined) return;
  const isMade = await ensureFirstAdministrator(app.get(UnitOfWork), administrator);
  logger.info({ isMade }, 'a staff user is there');
});

/** Undefined where neither is set; one without the other is a typing error that would leave nobody who can sign in. */
function readAdministrator(): FirstAdministrator | undefined {
  const email = process.env['LOCKSTEP_STAFF_EMAIL'] ?? '';
  const password = process.env['LOCKSTEP_STAFF_PASSWORD'] ?? '';
  if ((email === '') !== (password === '')) {
    throw new ConfigurationError([
      'LOCKSTEP_STAFF_EMAIL, LOCKSTEP_STAFF_PASSWORD: are set both or neither',
    ]);
  }
  return email === '' ? undefined : { email, password };
}

async function seedDemoShop(app: INestApplicationContext, logger: Logger): Promise<void> {
  const shop = demoShop();
  const seeder = new DemoShopSeeder({
    unitOfWork: app.get(UnitOfWork),
    lookup: app.get(StoreLookup),
    stores: app.get(StoreRepository),
    settings: app.get(StoreSettingsEditor),
    categories: app.get(CategoryRepository),
    writer: app.get(ProductWriter),
    relatedProducts: app.get(RelatedProductRepository),
    pictures: app.get(PictureRepository),
    promotions: app.get(PromotionEditor),
    coupons: app.get(CouponEditor),
  });
  const isSeeded = await seeder.seed(shop);
  const products = isSeeded ? shop.products.length : 0;
  logger.info({ isSeeded, products }, 'the demo shop is there');
}

/** On unless it is `off`; anything else is a typing error that would fill a shop of somebody with goods of ours. */
function readSwitch(name: string): boolean {
  const value = process.env[name] ?? 'on';
  if (value !== 'on' && value !== 'off')
    throw new ConfigurationError([`${name}: is on or off, not ${value}`]);
  return value === 'on';
}
