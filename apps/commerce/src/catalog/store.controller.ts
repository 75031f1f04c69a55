import { StoreReader } from '#libs/stores';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Answers, CachedOutput, Public, type Answer } from '#libs/http';
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
  async get(
    @Param({ schema: storeParams }) { store }: StoreParams,
    @Query({ schema: noQuery }) _query: object,
  ): Promise<Answer<typeof storeAnswer>> {
    const { id: _id, ...view } = await this.stores.get(store);
    return view;
  }
}
