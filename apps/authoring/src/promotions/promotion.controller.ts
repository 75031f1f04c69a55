import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { PromotionDirectory, PromotionEditor } from '#authoring/promotions';
import {
  Answers,
  idParams,
  IfMatch,
  pageByCreation,
  RequirePermission,
  VersionedAnswer,
  type IdParams,
  type Page,
} from '#libs/http';
import { storeScope, type StoreScope } from '../catalog/catalog.schemas.js';
import {
  newPromotionBody,
  promotionAnswer,
  promotionAnswerOf,
  promotionDetailAnswer,
  promotionListQuery,
  promotionPage,
  promotionPatchBody,
  timesOf,
  type NewPromotionBody,
  type PromotionAnswer,
  type PromotionDetailAnswer,
  type PromotionListQuery,
  type PromotionPatchBody,
} from './promotion.schemas.js';

/** What stores take off. */
@ApiTags('Promotions')
@Controller('promotions')
export class PromotionController {
  constructor(
    private readonly directory: PromotionDirectory,
    private readonly editor: PromotionEditor,
  ) {}

  @Get()
  @RequirePermission('promotions:promotion:read')
  @ApiOperation({ summary: 'List promotions' })
  @Answers(200, promotionPage, 'Promotions of the store, newest first.')
  list(
    @Query({ schema: promotionListQuery }) { store, state, ...page }: PromotionListQuery,
  ): Promise<Page<PromotionAnswer>> {
    return pageByCreation(
      page,
      (after, limit) => this.directory.list(store, { state }, after, limit),
      promotionAnswerOf,
    );
  }

  @Get(':id')
  @RequirePermission('promotions:promotion:read')
  @VersionedAnswer()
  @ApiOperation({ summary: 'Get a promotion' })
  @Answers(200, promotionDetailAnswer, 'The promotion, and how often it was used.')
  async get(
    @Param({ schema: idParams }) { id }: IdParams,
    @Query({ schema: storeScope }) { store }: StoreScope,
  ): Promise<PromotionDetailAnswer> {
    const promotion = await this.directory.get(store, id);
    return { ...promotionAnswerOf(promotion), uses: await this.directory.usesOf(promotion) };
  }

  @Post()
  @RequirePermission('promotions:promotion:create')
  @VersionedAnswer()
  @ApiOperation({ summary: 'Create a promotion' })
  @Answers(201, promotionAnswer, 'The new promotion.')
  async create(
    @Body({ schema: newPromotionBody }) { store, ...body }: NewPromotionBody,
  ): Promise<PromotionAnswer> {
    const { validFrom = null, validUntil = null } = timesOf(body);
    const content = { ...body, validFrom, validUntil };
    return promotionAnswerOf(await this.editor.create(store, content));
  }

  @Patch(':id')
  @RequirePermission('promotions:promotion:update')
  @VersionedAnswer()
  @ApiOperation({ summary: 'Change, pause or resume a promotion' })
  @Answers(200, promotionAnswer, 'The changed promotion; it holds on every replica at once.')
  async update(
    @Param({ schema: idParams }) { id }: IdParams,
    @Query({ schema: storeScope }) { store }: StoreScope,
    @IfMatch() version: number,
    @Body({ schema: promotionPatchBody }) body: PromotionPatchBody,
  ): Promise<PromotionAnswer> {
    const patch = { ...body, ...timesOf(body) };
    return promotionAnswerOf(await this.editor.update({ storeCode: store, id }, version, patch));
  }

  @Delete(':id')
  @RequirePermission('promotions:promotion:delete')
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete a promotion that no order has used' })
  @Answers(204, undefined, 'The promotion is gone, with its coupons.')
  async remove(
    @Param({ schema: idParams }) { id }: IdParams,
    @Query({ schema: storeScope }) { store }: StoreScope,
    @IfMatch() version: number,
  ): Promise<void> {
    await this.editor.remove({ storeCode: store, id }, version);
  }
}
