import { z } from 'zod';

const breadcrumb = z.object({ id: z.uuid(), slug: z.string(), name: z.string() });

interface Branch extends z.infer<typeof breadcrumb> {
  readonly children: readonly Branch[];
}

const branch: z.ZodType<Branch> = z
  .object({ ...breadcrumb.shape, children: z.array(z.lazy(() => branch)) })
  .meta({ id: 'CategoryBranch' });

export const categoriesAnswer = z.object({ items: z.array(branch) });

export const categoryAnswer = z.object({
  ...breadcrumb.shape,
  breadcrumbs: z.array(breadcrumb).describe('From the root down to the category itself.'),
  children: z.array(branch),
});
