import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { afterValue, StoreReader } from '#libs/catalog';
import { Answers, Public } from '#libs/http';
import type { MaybePromise } from '#libs/kernel';
import { StorefrontAnswers } from './storefront-answers.js';
import { noQuery, storeParams, type StoreParams } from './storefront.schemas.js';
import { storeAnswer } from './store.schemas.js';

@Public()
@ApiTags('Stores')
@Controller('stores')
export class StoreController {
  constructor(
    private readonly stores: StoreReader,
    private readonly answers: StorefrontAnswers,
  ) {}

  @Get(':store')
  @Answers(200, storeAnswer, 'The store: what it sells in, in which languages.')
  get(
    @Param({ schema: storeParams }) { store }: StoreParams,
    @Query({ schema: noQuery }) _query: object,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): MaybePromise<FastifyReply> {
    const answer = afterValue(this.stores.get(store), ({ id: _id, ...view }) => view);
    return this.answers.send(request, reply, answer);
  }
}
