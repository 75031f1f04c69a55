import { defineErrors } from '#libs/kernel';

export const catalogErrors = defineErrors({
  categoryNotFound: {
    code: 'catalog.category-not-found',
    family: 'user',
    status: 404,
    title: 'Category not found',
  },
  productNotFound: {
    code: 'catalog.product-not-found',
    family: 'user',
    status: 404,
    title: 'Product not found',
  },
  variantNotFound: {
    code: 'catalog.variant-not-found',
    family: 'user',
    status: 404,
    title: 'Variant not found',
  },
  pictureNotFound: {
    code: 'catalog.picture-not-found',
    family: 'user',
    status: 404,
    title: 'Picture not found',
  },
  categoryInvalid: {
    code: 'catalog.category-invalid',
    family: 'user',
    status: 422,
    title: 'The category breaks a rule',
  },
  productInvalid: {
    code: 'catalog.product-invalid',
    family: 'user',
    status: 422,
    title: 'The product breaks a rule',
  },
  slugTaken: {
    code: 'catalog.slug-taken',
    family: 'user',
    status: 409,
    title: 'The slug is taken',
  },
  skuTaken: {
    code: 'catalog.sku-taken',
    family: 'user',
    status: 409,
    title: 'Another variant of the store has this SKU',
  },
  categoryInUse: {
    code: 'catalog.category-in-use',
    family: 'user',
    status: 409,
    title: 'The category has products or subcategories',
  },
});
