import { Body, Controller, Delete, Get, HttpCode, Param, Put, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { PriceDirectory, PriceEditor } from '#authoring/pricing';
import { Answers, IfMatch, RequirePermission, VersionedAnswer } from '#libs/http';
import { storeScope, type StoreScope } from './catalog.schemas.js';
import { priceAnswerOf } from './product.answer.js';
import {
  priceAnswer,
  priceBody,
  priceParams,
  type PriceAnswer,
  type PriceBody,
  type PriceParams,
} from './product.schemas.js';

/** Prices of a variant; `If-Match` names the version of the price, `"0"` stands for none yet. */
@ApiTags('Products')
@Controller('products/:id/variants/:variantId/prices/:currency')
export class VariantPriceController {
  constructor(
    private readonly directory: PriceDirectory,
    private readonly editor: PriceEditor,
  ) {}

  @Get()
  @RequirePermission('catalog:product:read')
  @VersionedAnswer()
  @ApiOperation({ summary: 'Get a price of a variant' })
  @Answers(200, priceAnswer, 'The price.')
  async get(
    @Param({ schema: priceParams }) params: PriceParams,
    @Query({ schema: storeScope }) { store }: StoreScope,
  ): Promise<PriceAnswer> {
    return priceAnswerOf(await this.directory.get(addressOf(store, params), params.currency));
  }

  @Put()
  @RequirePermission('catalog:product:update')
  @VersionedAnswer()
  @ApiOperation({ summary: 'Set a price of a variant' })
  @Answers(200, priceAnswer, 'The new price.')
  async set(
    @Param({ schema: priceParams }) params: PriceParams,
    @Query({ schema: storeScope }) { store }: StoreScope,
    @IfMatch() version: number,
    @Body({ schema: priceBody }) { amount, compareAtAmount }: PriceBody,
  ): Promise<PriceAnswer> {
    const { currency } = params;
    const price = { currency, amountMinor: amount, compareAtMinor: compareAtAmount };
    return priceAnswerOf(await this.editor.set(addressOf(store, params), version, price));
  }

  @Delete()
  @RequirePermission('catalog:product:update')
  @HttpCode(204)
  @ApiOperation({ summary: 'Remove a price of a variant' })
  @Answers(204, undefined, 'The price is gone.')
  async remove(
    @Param({ schema: priceParams }) params: PriceParams,
    @Query({ schema: storeScope }) { store }: StoreScope,
    @IfMatch() version: number,
  ): Promise<void> {
    await this.editor.remove(addressOf(store, params), params.currency, version);
  }
}

function addressOf(storeCode: string, { id, variantId }: PriceParams) {
  return { storeCode, productId: id, variantId };
}
