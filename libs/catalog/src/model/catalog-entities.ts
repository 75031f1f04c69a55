import { CategoryEntity } from './category.entity.js';
import { PictureEntity } from './picture.entity.js';
import { ProductEntity } from './product.entity.js';

/** What the data source must know to write the catalog. */
export const catalogEntities = [CategoryEntity, ProductEntity, PictureEntity];
