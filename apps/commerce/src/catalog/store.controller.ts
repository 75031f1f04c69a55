import { StoreReader } from '#libs/stores';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { afterValue } from '#libs/catalog';
import { Answers, CachedOutput, Public } from '#libs/http';
import type { MaybePromise } from '#libs/kernel';
import { noQuery, storeParams, type StoreParams } from './storefront.schemas.js';
import { storeAnswer } from './store.schemas.js';

@Public()
@ApiTags('Stores')
@Controller('stores')
export class StoreController {
  constructor(private readonly stores: StoreReader) {}

  @Get(':store')
  @CachedOutput()
  @ApiOperation({ summary: 'Get a store' })
  @Answers(200, storeAnswer, 'The store: what it sells in, in which languages.')
  get(
    @Param({ schema: storeParams }) { store }: StoreParams,
    @Query({ schema: noQuery }) _query: object,
  ): MaybePromise<object> {
    return afterValue(this.stores.get(store), ({ id: _id, ...view }) => view);
  }
}
