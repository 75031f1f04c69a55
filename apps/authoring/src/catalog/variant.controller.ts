import { Body, Controller, Delete, Param, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ProductEditor } from '#authoring/catalog';
import { Answers, IfMatch, RequirePermission, VersionedAnswer } from '#libs/http';
import { storeScope, type StoreScope } from './catalog.schemas.js';
import { productAnswerOf } from './product.answer.js';
import {
  priceBody,
  priceParams,
  productAnswer,
  stockBody,
  variantParams,
  type PriceBody,
  type PriceParams,
  type ProductAnswer,
  type StockBody,
  type VariantParams,
} from './product.schemas.js';

/** Prices and stock of a variant; `If-Match` names the version of the product. */
@ApiTags('Products')
@Controller('products/:id/variants/:variantId')
export class VariantController {
  constructor(private readonly editor: ProductEditor) {}

  @Put('prices/:currency')
  @RequirePermission('catalog:product:update')
  @VersionedAnswer()
  @Answers(200, productAnswer, 'The product with the new price.')
  async setPrice(
    @Param({ schema: priceParams }) { id, variantId, currency }: PriceParams,
    @Query({ schema: storeScope }) { store }: StoreScope,
    @IfMatch() version: number,
    @Body({ schema: priceBody }) { amount, compareAtAmount }: PriceBody,
  ): Promise<ProductAnswer> {
    const address = { storeCode: store, id };
    const price = { amountMinor: amount, compareAtMinor: compareAtAmount };
    return productAnswerOf(
      store,
      await this.editor.setPrice(address, variantId, currency, version, price),
    );
  }

  @Delete('prices/:currency')
  @RequirePermission('catalog:product:update')
  @VersionedAnswer()
  @Answers(200, productAnswer, 'The product without the price.')
  async removePrice(
    @Param({ schema: priceParams }) { id, variantId, currency }: PriceParams,
    @Query({ schema: storeScope }) { store }: StoreScope,
    @IfMatch() version: number,
  ): Promise<ProductAnswer> {
    const address = { storeCode: store, id };
    return productAnswerOf(
      store,
      await this.editor.setPrice(address, variantId, currency, version, undefined),
    );
  }

  @Put('stock')
  @RequirePermission('catalog:product:update')
  @VersionedAnswer()
  @Answers(200, productAnswer, 'The product with the new stock.')
  async setStock(
    @Param({ schema: variantParams }) { id, variantId }: VariantParams,
    @Query({ schema: storeScope }) { store }: StoreScope,
    @IfMatch() version: number,
    @Body({ schema: stockBody }) stock: StockBody,
  ): Promise<ProductAnswer> {
    return productAnswerOf(
      store,
      await this.editor.setStock({ storeCode: store, id }, variantId, version, stock),
    );
  }
}
