import { CatalogAuthoringModule, DemoShopSeeder } from '#authoring/catalog';
import { ensureFirstAdministrator } from '#authoring/identity';
import { demoShop } from '#libs/catalog';
import { UnitOfWork } from '#libs/database';
import { runDatabaseTool } from './database-tool.js';

await runDatabaseTool([CatalogAuthoringModule], async (app, logger) => {
  const shop = demoShop();
  const isSeeded = await app.get(DemoShopSeeder).seed(shop);
  const products = isSeeded ? shop.products.length : 0;
  logger.info({ isSeeded, products }, 'the demo shop is there');

  const email = process.env['LOCKSTEP_STAFF_EMAIL'];
  const password = process.env['LOCKSTEP_STAFF_PASSWORD'];
  if (email === undefined || email === '' || password === undefined || password === '') return;
  const administrator = { email, password };
  const isMade = await ensureFirstAdministrator(app.get(UnitOfWork), administrator);
  logger.info({ isMade }, 'a staff user is there');
});
