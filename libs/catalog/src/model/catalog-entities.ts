import { CategoryEntity } from './category.entity.js';
import { CategoryTranslationEntity } from './category-translation.entity.js';
import { ImportChunkEntity } from './import-chunk.entity.js';
import { ImportFileEntity } from './import-file.entity.js';
import { ImportIssueEntity } from './import-issue.entity.js';
import { PictureEntity } from './picture.entity.js';
import { ProductEntity } from './product.entity.js';
import { ProductPopularityEntity } from './popularity/product-popularity.entity.js';
import { ProductAttributeEntity } from './product-attribute.entity.js';
import { ProductImageEntity } from './product-image.entity.js';
import { ProductListingPriceEntity } from './product-listing-price.entity.js';
import { ProductOptionEntity } from './product-option.entity.js';
import { ProductTermEntity } from './product-term.entity.js';
import { ProductTranslationEntity } from './product-translation.entity.js';
import { ProductVariantEntity } from './product-variant.entity.js';
import { RelatedProductEntity } from './related-product.entity.js';

/** The tables of the catalog. */
export const catalogEntities = [
  CategoryEntity,
  CategoryTranslationEntity,
  ImportChunkEntity,
  ImportFileEntity,
  ImportIssueEntity,
  PictureEntity,
  ProductEntity,
  ProductAttributeEntity,
  ProductImageEntity,
  ProductListingPriceEntity,
  ProductOptionEntity,
  ProductPopularityEntity,
  ProductTermEntity,
  ProductTranslationEntity,
  ProductVariantEntity,
  RelatedProductEntity,
];
