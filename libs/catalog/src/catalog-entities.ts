import { CategoryEntity } from './category/category.entity.js';
import { PictureEntity } from './picture/picture.entity.js';
import { ProductEntity } from './product/product.entity.js';
import { StoreEntity } from './store/store.entity.js';

/** What the data source must know to write the catalog. */
export const catalogEntities = [StoreEntity, CategoryEntity, ProductEntity, PictureEntity];
