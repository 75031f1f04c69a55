import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ProductDirectory, ProductEditor, type ProductSummary } from '#authoring/catalog';
import {
  Answers,
  IfMatch,
  idParams,
  pageByCreation,
  RequirePermission,
  VersionedAnswer,
  type IdParams,
  type Page,
} from '#libs/http';
import { recordOf, storeScope, type StoreScope } from './catalog.schemas.js';
import { productAnswerOf, variantInputOf } from './product.answer.js';
import {
  newProductBody,
  productAnswer,
  productListQuery,
  productPage,
  productPatchBody,
  type NewProductBody,
  type ProductAnswer,
  type ProductListQuery,
  type ProductPatchBody,
  type ProductSummaryAnswer,
} from './product.schemas.js';

@ApiTags('Products')
@Controller('products')
export class ProductController {
  constructor(
    private readonly directory: ProductDirectory,
    private readonly editor: ProductEditor,
  ) {}

  @Get()
  @RequirePermission('catalog:product:read')
  @ApiOperation({ summary: 'List products' })
  @Answers(200, productPage, 'Products of every status, newest first.')
  list(
    @Query({ schema: productListQuery }) query: ProductListQuery,
  ): Promise<Page<ProductSummaryAnswer>> {
    const { store, category, status, brand, q } = query;
    const filter = {
      ...(status === undefined ? {} : { status }),
      ...(brand === undefined ? {} : { brand }),
      ...(category === undefined ? {} : { categoryId: category }),
      ...(q === undefined ? {} : { q }),
    };
    return pageByCreation(
      query,
      (after, limit) => this.directory.list(store, filter, after, limit),
      summaryAnswer,
    );
  }

  @Get(':id')
  @RequirePermission('catalog:product:read')
  @VersionedAnswer()
  @ApiOperation({ summary: 'Get a product' })
  @Answers(200, productAnswer, 'The product.')
  async get(
    @Param({ schema: idParams }) { id }: IdParams,
    @Query({ schema: storeScope }) { store }: StoreScope,
  ): Promise<ProductAnswer> {
    return productAnswerOf(store, await this.directory.get(store, id));
  }

  @Post()
  @RequirePermission('catalog:product:create')
  @VersionedAnswer()
  @ApiOperation({ summary: 'Create a product' })
  @Answers(201, productAnswer, 'The new product.')
  async create(
    @Body({ schema: newProductBody }) { store, variants, ...input }: NewProductBody,
  ): Promise<ProductAnswer> {
    const product = await this.editor.create(store, {
      ...input,
      variants: variants.map(variantInputOf),
    });
    return productAnswerOf(store, product);
  }

  @Patch(':id')
  @RequirePermission('catalog:product:update')
  @VersionedAnswer()
  @ApiOperation({ summary: 'Change a product' })
  @Answers(200, productAnswer, 'The changed product.')
  async update(
    @Param({ schema: idParams }) { id }: IdParams,
    @Query({ schema: storeScope }) { store }: StoreScope,
    @IfMatch() version: number,
    @Body({ schema: productPatchBody }) { variants, ...patch }: ProductPatchBody,
  ): Promise<ProductAnswer> {
    const product = await this.editor.update({ storeCode: store, id }, version, {
      ...patch,
      ...(variants === undefined ? {} : { variants: variants.map(variantInputOf) }),
    });
    return productAnswerOf(store, product);
  }

  @Delete(':id')
  @RequirePermission('catalog:product:delete')
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete a product' })
  @Answers(204, undefined, 'The product is gone.')
  async remove(
    @Param({ schema: idParams }) { id }: IdParams,
    @Query({ schema: storeScope }) { store }: StoreScope,
    @IfMatch() version: number,
  ): Promise<void> {
    await this.editor.remove({ storeCode: store, id }, version);
  }
}

function summaryAnswer(product: ProductSummary): ProductSummaryAnswer {
  const { id, slug, name, status, brand, categoryId } = product;
  return { id, slug, name, status, brand, categoryId, ...recordOf(product) };
}
