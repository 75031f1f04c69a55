// The routes of the role, one area a line; `npm run new:slice` adds its own.
export { CatalogApiModule } from './catalog/catalog-api.module.js';
