import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { RelativeListDirectory, RelativeListEditor } from '#authoring/pricing';
import {
  Answers,
  idParams,
  IfMatch,
  RequirePermission,
  VersionedAnswer,
  type IdParams,
} from '#libs/http';
import { storeScope, type StoreScope } from '../catalog/catalog.schemas.js';
import {
  listOf,
  newPriceListBody,
  priceListAnswer,
  priceListAnswerOf,
  priceListBody,
  priceListsAnswer,
  type NewPriceListBody,
  type PriceListAnswer,
  type PriceListBody,
  type PriceListsAnswer,
} from './price-list.schemas.js';

/** Price lists for groups of customers, which follow from the base prices. */
@ApiTags('Prices')
@Controller('price-lists')
export class PriceListController {
  constructor(
    private readonly directory: RelativeListDirectory,
    private readonly editor: RelativeListEditor,
  ) {}

  @Get()
  @RequirePermission('pricing:list:read')
  @ApiOperation({ summary: 'List price lists' })
  @Answers(200, priceListsAnswer, 'All of the store, the highest priority first.')
  async list(@Query({ schema: storeScope }) { store }: StoreScope): Promise<PriceListsAnswer> {
    return { items: (await this.directory.list(store)).map(priceListAnswerOf) };
  }

  @Get(':id')
  @RequirePermission('pricing:list:read')
  @VersionedAnswer()
  @ApiOperation({ summary: 'Get a price list' })
  @Answers(200, priceListAnswer, 'The list.')
  async get(
    @Param({ schema: idParams }) { id }: IdParams,
    @Query({ schema: storeScope }) { store }: StoreScope,
  ): Promise<PriceListAnswer> {
    return priceListAnswerOf(await this.directory.get(store, id));
  }

  @Post()
  @RequirePermission('pricing:list:create')
  @VersionedAnswer()
  @ApiOperation({ summary: 'Create a price list' })
  @Answers(201, priceListAnswer, 'The new list; carts are priced by it at once.')
  async create(
    @Body({ schema: newPriceListBody }) { store, ...body }: NewPriceListBody,
  ): Promise<PriceListAnswer> {
    return priceListAnswerOf(await this.editor.create(store, listOf(body)));
  }

  @Put(':id')
  @RequirePermission('pricing:list:update')
  @VersionedAnswer()
  @ApiOperation({ summary: 'Replace a price list' })
  @Answers(200, priceListAnswer, 'The list; it holds on every replica at once.')
  async replace(
    @Param({ schema: idParams }) { id }: IdParams,
    @Query({ schema: storeScope }) { store }: StoreScope,
    @IfMatch() version: number,
    @Body({ schema: priceListBody }) body: PriceListBody,
  ): Promise<PriceListAnswer> {
    const address = { storeCode: store, id };
    return priceListAnswerOf(await this.editor.replace(address, version, listOf(body)));
  }

  @Delete(':id')
  @RequirePermission('pricing:list:delete')
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete a price list' })
  @Answers(204, undefined, 'The list is gone; carts are priced without it at once.')
  async remove(
    @Param({ schema: idParams }) { id }: IdParams,
    @Query({ schema: storeScope }) { store }: StoreScope,
    @IfMatch() version: number,
  ): Promise<void> {
    await this.editor.remove({ storeCode: store, id }, version);
  }
}
