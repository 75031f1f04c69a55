import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CategoryDirectory, CategoryEditor, type Category } from '#authoring/catalog';
import {
  Answers,
  IfMatch,
  idParams,
  pageById,
  RequirePermission,
  VersionedAnswer,
  type IdParams,
  type Page,
} from '#libs/http';
import { recordOf, storeScope, type StoreScope } from './catalog.schemas.js';
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

@ApiTags('Categories')
@Controller('categories')
export class CategoryController {
  constructor(
    private readonly directory: CategoryDirectory,
    private readonly editor: CategoryEditor,
  ) {}

  @Get()
  @RequirePermission('catalog:category:read')
  @ApiOperation({ summary: 'List categories' })
  @Answers(200, categoryPage, 'Categories of a store, in the order of their ids.')
  list(
    @Query({ schema: categoryListQuery }) { store, ...query }: CategoryListQuery,
  ): Promise<Page<CategoryAnswer>> {
    return pageById(
      query,
      (after = '', limit) => this.directory.list(store, after, limit),
      toAnswer,
    );
  }

  @Get(':id')
  @RequirePermission('catalog:category:read')
  @VersionedAnswer()
  @ApiOperation({ summary: 'Get a category' })
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
  @ApiOperation({ summary: 'Create a category' })
  @Answers(201, categoryAnswer, 'The new category.')
  async create(
    @Body({ schema: newCategoryBody }) { store, ...input }: NewCategoryBody,
  ): Promise<CategoryAnswer> {
    return toAnswer(await this.editor.create(store, input));
  }

  @Patch(':id')
  @RequirePermission('catalog:category:update')
  @VersionedAnswer()
  @ApiOperation({ summary: 'Change a category' })
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
  @ApiOperation({ summary: 'Delete a category' })
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
  return { id, parentId, slug, position, names: { ...names }, ...recordOf(category) };
}
