import { z } from 'zod';
import { plainText } from '#libs/http';
import { pageFields, pageOf } from '#libs/http';
import { locale, recordFields, slug, storeCode } from './catalog.schemas.js';

const content = {
  parentId: z.uuid().nullable(),
  slug,
  position: z.number().int().min(0).max(1_000_000).describe('Order among its siblings.'),
  names: z.record(locale, plainText(300)).describe('By language.'),
};

export const newCategoryBody = z.strictObject({
  store: storeCode,
  ...content,
  parentId: content.parentId.default(null),
  position: content.position.default(0),
  slug: content.slug.optional().describe('Made from the name when absent.'),
});
export type NewCategoryBody = z.infer<typeof newCategoryBody>;

export const categoryPatchBody = z.strictObject(content).partial();
export type CategoryPatchBody = z.infer<typeof categoryPatchBody>;

export const categoryListQuery = z.strictObject({ store: storeCode, ...pageFields });
export type CategoryListQuery = z.infer<typeof categoryListQuery>;

export const categoryAnswer = z.object({
  id: z.uuid(),
  parentId: z.uuid().nullable(),
  slug: z.string(),
  position: z.number().int(),
  names: z.record(z.string(), z.string()),
  ...recordFields,
});
export type CategoryAnswer = z.infer<typeof categoryAnswer>;

export const categoryPage = pageOf(categoryAnswer);
