import { CategoryEntity } from './category.entity.js';
import { PictureEntity } from './picture.entity.js';
import { ProductEntity } from './product.entity.js';
import { StoreEntity } from './store.entity.js';

/** What the data source must know to write the catalog. */
export const catalogEntities = [StoreEntity, CategoryEntity, ProductEntity, PictureEntity];
