import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { StockDirectory, StockMover } from '#authoring/inventory';
import { Answers, IdempotencyKey, RequirePermission } from '#libs/http';
import { storeScope, type StoreScope } from './catalog.schemas.js';
import { variantParams, type VariantParams } from './product.schemas.js';
import {
  placesAnswer,
  stockMovementBody,
  type PlacesAnswer,
  type StockMovementBody,
} from './stock-movement.schemas.js';

/** What comes in, is counted, and goes from one location to another. */
@ApiTags('Stock')
@Controller('products/:id/variants/:variantId/stock')
export class StockMovementController {
  constructor(
    private readonly directory: StockDirectory,
    private readonly mover: StockMover,
  ) {}

  @Get('locations')
  @RequirePermission('inventory:location:read')
  @ApiOperation({ summary: 'See what is on hand of a variant at each location' })
  @Answers(200, placesAnswer, 'The locations that keep it.')
  async places(
    @Param({ schema: variantParams }) { id, variantId }: VariantParams,
    @Query({ schema: storeScope }) { store }: StoreScope,
  ): Promise<PlacesAnswer> {
    const address = { storeCode: store, productId: id, variantId };
    return { items: await this.directory.listPlaces(address) };
  }

  @Post('movements')
  @HttpCode(200)
  @RequirePermission('inventory:stock:move')
  @ApiOperation({ summary: 'Receive, count or transfer stock' })
  @Answers(200, placesAnswer, 'What is on hand where something moved; once for a key.')
  async move(
    @Param({ schema: variantParams }) { id, variantId }: VariantParams,
    @Query({ schema: storeScope }) { store }: StoreScope,
    @IdempotencyKey() key: string,
    @Body({ schema: stockMovementBody }) { reference, ...request }: StockMovementBody,
  ): Promise<PlacesAnswer> {
    const address = { storeCode: store, productId: id, variantId };
    return { items: await this.mover.move(address, request, { reference, key }) };
  }
}
