import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import {
  RepricingDirectory,
  RepricingEditor,
  RepricingForecast,
  type AcceptedRepricing,
} from '#authoring/pricing';
import {
  Answers,
  IdempotencyKey,
  idParams,
  pageByCreation,
  pagedBy,
  RequirePermission,
  type IdParams,
  type Page,
} from '#libs/http';
import { storeScope, type StoreScope } from '../catalog/catalog.schemas.js';
import {
  acceptedRepricingAnswer,
  foreseenAnswerOf,
  newRepricingBody,
  repricedPriceAnswerOf,
  repricedPricePage,
  repricedPricesQuery,
  repricingAnswer,
  repricingAnswerOf,
  repricingListQuery,
  repricingPage,
  ruleOf,
  startedRepricingAnswer,
  type NewRepricingBody,
  type RepricedPriceAnswer,
  type RepricedPricesQuery,
  type RepricingAnswer,
  type RepricingListQuery,
  type StartedRepricingAnswer,
} from './repricing.schemas.js';

const pageByPrice = pagedBy(
  z.strictObject({ productId: z.string().max(36), variantId: z.string().max(36) }),
  ({ productId, variantId }: { readonly productId: string; readonly variantId: string }) => ({
    productId,
    variantId,
  }),
);

/** Bulk changes of prices, which jobs carry out. */
@ApiTags('Prices')
@Controller('repricings')
export class RepricingController {
  constructor(
    private readonly editor: RepricingEditor,
    private readonly forecast: RepricingForecast,
    private readonly directory: RepricingDirectory,
  ) {}

  @Post()
  @RequirePermission('pricing:repricing:create')
  @ApiOperation({ summary: 'Change many prices, or see what would change' })
  @Answers(200, startedRepricingAnswer, 'What a dry run would change; nothing has changed.')
  @Answers(202, startedRepricingAnswer, 'It is accepted; a job changes the prices.')
  async start(
    @Body({ schema: newRepricingBody }) body: NewRepricingBody,
    @IdempotencyKey() key: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StartedRepricingAnswer> {
    const { store, currency, filter, dryRun } = body;
    const { all: _, ...selection } = filter;
    const request = { storeCode: store, currency, selection, rule: ruleOf(body) };
    reply.status(dryRun ? 200 : 202);
    if (dryRun) return foreseenAnswerOf(await this.forecast.foresee(request));
    return { ...(await this.editor.start(request, key)), foreseen: null };
  }

  @Post(':id/undo')
  @HttpCode(202)
  @RequirePermission('pricing:repricing:create')
  @ApiOperation({ summary: 'Put back what a bulk change of prices changed' })
  @Answers(202, acceptedRepricingAnswer, 'A job puts back what nobody has changed since.')
  undo(
    @Param({ schema: idParams }) { id }: IdParams,
    @Query({ schema: storeScope }) { store }: StoreScope,
    @IdempotencyKey() key: string,
  ): Promise<AcceptedRepricing> {
    return this.editor.undo(store, id, key);
  }

  @Get()
  @RequirePermission('pricing:repricing:read')
  @ApiOperation({ summary: 'List bulk changes of prices' })
  @Answers(200, repricingPage, 'Bulk changes of the store, newest first.')
  list(
    @Query({ schema: repricingListQuery }) { store, ...page }: RepricingListQuery,
  ): Promise<Page<RepricingAnswer>> {
    return pageByCreation(
      page,
      (before, limit) => this.directory.list(store, before, limit),
      repricingAnswerOf,
    );
  }

  @Get(':id')
  @RequirePermission('pricing:repricing:read')
  @ApiOperation({ summary: 'Get a bulk change of prices' })
  @Answers(200, repricingAnswer, 'The bulk change and how far it is.')
  async get(
    @Param({ schema: idParams }) { id }: IdParams,
    @Query({ schema: storeScope }) { store }: StoreScope,
  ): Promise<RepricingAnswer> {
    return repricingAnswerOf(await this.directory.get(store, id));
  }

  @Get(':id/prices')
  @RequirePermission('pricing:repricing:read')
  @ApiOperation({ summary: 'List the prices of a bulk change' })
  @Answers(200, repricedPricePage, 'What was changed, and what was left alone for a reason.')
  listPrices(
    @Param({ schema: idParams }) { id }: IdParams,
    @Query({ schema: repricedPricesQuery }) { store, outcome, ...page }: RepricedPricesQuery,
  ): Promise<Page<RepricedPriceAnswer>> {
    return pageByPrice(
      page,
      (behind, limit) =>
        this.directory.listPrices({ storeCode: store, id }, outcome, behind, limit),
      repricedPriceAnswerOf,
    );
  }
}
