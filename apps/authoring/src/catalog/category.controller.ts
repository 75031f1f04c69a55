import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { CategoryDirectory, CategoryEditor, type Category } from '#authoring/catalog';
import { Answers, cursorCodec, IfMatch, RequirePermission, VersionedAnswer } from '#libs/http';
import {
  idParams,
  pageOfRows,
  recordOf,
  storeScope,
  type IdParams,
  type Page,
  type StoreScope,
} from './catalog.schemas.js';
import {
  categoryAnswer,
  categoryListQuery,
  categoryPage,
  categoryPatchBody,
  newCategoryBody,
  type CategoryAnswer,
  type CategoryListQuery,
  type CategoryPatchBody,
  type NewCategoryBody,
} from './category.schemas.js';

const cursors = cursorCodec(z.uuid());

@ApiTags('Categories')
@Controller('categories')
export class CategoryController {
  constructor(
    private readonly directory: CategoryDirectory,
    private readonly editor: CategoryEditor,
  ) {}

  @Get()
  @RequirePermission('catalog:category:read')
  @Answers(200, categoryPage, 'Categories of a store, in the order of their ids.')
  async list(
    @Query({ schema: categoryListQuery }) { store, cursor, limit }: CategoryListQuery,
  ): Promise<Page<CategoryAnswer>> {
    const after = cursor === undefined ? '' : cursors.decode(cursor);
    const categories = await this.directory.list(store, after, limit + 1);
    return pageOfRows(categories, limit, toAnswer, ({ id }) => cursors.encode(id));
  }

  @Get(':id')
  @RequirePermission('catalog:category:read')
  @VersionedAnswer()
  @Answers(200, categoryAnswer, 'The category.')
  async get(
    @Param({ schema: idParams }) { id }: IdParams,
    @Query({ schema: storeScope }) { store }: StoreScope,
  ): Promise<CategoryAnswer> {
    return toAnswer(await this.directory.get(store, id));
  }

  @Post()
  @RequirePermission('catalog:category:create')
  @VersionedAnswer()
  @Answers(201, categoryAnswer, 'The new category.')
  async create(
    @Body({ schema: newCategoryBody }) { store, ...input }: NewCategoryBody,
  ): Promise<CategoryAnswer> {
    return toAnswer(await this.editor.create(store, input));
  }

  @Patch(':id')
  @RequirePermission('catalog:category:update')
  @VersionedAnswer()
  @Answers(200, categoryAnswer, 'The changed category.')
  async update(
    @Param({ schema: idParams }) { id }: IdParams,
    @Query({ schema: storeScope }) { store }: StoreScope,
    @IfMatch() version: number,
    @Body({ schema: categoryPatchBody }) body: CategoryPatchBody,
  ): Promise<CategoryAnswer> {
    return toAnswer(await this.editor.update({ storeCode: store, id }, version, body));
  }

  @Delete(':id')
  @RequirePermission('catalog:category:delete')
  @HttpCode(204)
  @Answers(204, undefined, 'The category is gone.')
  async remove(
    @Param({ schema: idParams }) { id }: IdParams,
    @Query({ schema: storeScope }) { store }: StoreScope,
    @IfMatch() version: number,
  ): Promise<void> {
    await this.editor.remove({ storeCode: store, id }, version);
  }
}

function toAnswer(category: Category): CategoryAnswer {
  const { id, parentId, slug, position, names } = category;
  return { ...{ id, parentId, slug, position, names: { ...names } }, ...recordOf(category) };
}
