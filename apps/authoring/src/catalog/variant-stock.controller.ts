import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { StockDirectory, StockEditor } from '#authoring/inventory';
import { Answers, IfMatch, RequirePermission, VersionedAnswer } from '#libs/http';
import { storeScope, type StoreScope } from './catalog.schemas.js';
import { stockAnswerOf } from './product.answer.js';
import {
  stockAnswer,
  stockBody,
  variantParams,
  type StockAnswer,
  type StockBody,
  type VariantParams,
} from './product.schemas.js';

/** Stock of a variant; `If-Match` names the version of the stock, `"0"` stands for none yet. */
@ApiTags('Products')
@Controller('products/:id/variants/:variantId/stock')
export class VariantStockController {
  constructor(
    private readonly directory: StockDirectory,
    private readonly editor: StockEditor,
  ) {}

  @Get()
  @RequirePermission('catalog:product:read')
  @VersionedAnswer()
  @ApiOperation({ summary: 'Get the stock of a variant' })
  @Answers(200, stockAnswer, 'The stock.')
  async get(
    @Param({ schema: variantParams }) { id, variantId }: VariantParams,
    @Query({ schema: storeScope }) { store }: StoreScope,
  ): Promise<StockAnswer> {
    const address = { storeCode: store, productId: id, variantId };
    return stockAnswerOf(await this.directory.get(address));
  }

  @Put()
  @RequirePermission('catalog:product:update')
  @VersionedAnswer()
  @ApiOperation({ summary: 'Set the stock of a variant' })
  @Answers(200, stockAnswer, 'The new stock.')
  async set(
    @Param({ schema: variantParams }) { id, variantId }: VariantParams,
    @Query({ schema: storeScope }) { store }: StoreScope,
    @IfMatch() version: number,
    @Body({ schema: stockBody }) stock: StockBody,
  ): Promise<StockAnswer> {
    const address = { storeCode: store, productId: id, variantId };
    return stockAnswerOf(await this.editor.set(address, version, stock));
  }
}
