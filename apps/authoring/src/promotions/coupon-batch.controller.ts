import { Body, Controller, Get, Header, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CouponBatchEditor, CouponDirectory } from '#authoring/promotions';
import {
  Answers,
  AnswersText,
  idParams,
  pageByCreation,
  RequirePermission,
  type IdParams,
  type Page,
} from '#libs/http';
import { storeScope, type StoreScope } from '../catalog/catalog.schemas.js';
import {
  batchAnswer,
  batchAnswerOf,
  batchListQuery,
  batchPage,
  batchParams,
  newBatchBody,
  type BatchAnswer,
  type BatchListQuery,
  type BatchParams,
  type NewBatchBody,
} from './coupon.schemas.js';

/** Coupons that are generated together, and taken away as a file. */
@ApiTags('Promotions')
@Controller('promotions/:id/coupon-batches')
export class CouponBatchController {
  constructor(
    private readonly directory: CouponDirectory,
    private readonly editor: CouponBatchEditor,
  ) {}

  @Get()
  @RequirePermission('promotions:promotion:read')
  @ApiOperation({ summary: 'List the batches of a promotion' })
  @Answers(200, batchPage, 'Batches, newest first.')
  list(
    @Param({ schema: idParams }) { id }: IdParams,
    @Query({ schema: batchListQuery }) { store, ...page }: BatchListQuery,
  ): Promise<Page<BatchAnswer>> {
    return pageByCreation(
      page,
      (after, limit) => this.directory.listBatches({ storeCode: store, id }, after, limit),
      batchAnswerOf,
    );
  }

  @Post()
  @RequirePermission('promotions:promotion:update')
  @ApiOperation({ summary: 'Generate coupons' })
  @Answers(201, batchAnswer, 'The batch; all its codes are there.')
  async create(
    @Param({ schema: idParams }) { id }: IdParams,
    @Query({ schema: storeScope }) { store }: StoreScope,
    @Body({ schema: newBatchBody }) body: NewBatchBody,
  ): Promise<BatchAnswer> {
    return batchAnswerOf(await this.editor.create({ storeCode: store, id }, body));
  }

  @Get(':batchId/codes')
  @RequirePermission('promotions:promotion:read')
  @Header('content-type', 'text/csv; charset=utf-8')
  @Header('content-disposition', 'attachment; filename="coupons.csv"')
  @ApiOperation({ summary: 'Download the codes of a batch' })
  @AnswersText(200, 'text/csv', 'A CSV: code, uses, limit (empty: none).')
  async codes(
    @Param({ schema: batchParams }) { id, batchId }: BatchParams,
    @Query({ schema: storeScope }) { store }: StoreScope,
  ): Promise<string> {
    const coupons = await this.directory.export({ storeCode: store, id }, batchId);
    const rows = coupons.map(({ code, uses, useLimit }) => `${code},${uses},${useLimit ?? ''}\n`);
    return `code,uses,limit\n${rows.join('')}`;
  }
}
