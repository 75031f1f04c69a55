import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CouponDirectory, CouponEditor } from '#authoring/promotions';
import {
  Answers,
  idParams,
  pagedBy,
  RequirePermission,
  type IdParams,
  type Page,
} from '#libs/http';
import type { Coupon } from '#libs/promotions';
import { z } from 'zod';
import { storeScope, type StoreScope } from '../catalog/catalog.schemas.js';
import {
  couponAnswer,
  couponAnswerOf,
  couponListQuery,
  couponPage,
  couponParams,
  newCouponBody,
  type CouponAnswer,
  type CouponListQuery,
  type CouponParams,
  type NewCouponBody,
} from './coupon.schemas.js';

const pageByCode = pagedBy(z.string(), ({ code }: Coupon) => code);

/** The codes that open a promotion. */
@ApiTags('Promotions')
@Controller('promotions/:id/coupons')
export class CouponController {
  constructor(
    private readonly directory: CouponDirectory,
    private readonly editor: CouponEditor,
  ) {}

  @Get()
  @RequirePermission('promotions:promotion:read')
  @ApiOperation({ summary: 'List the coupons of a promotion' })
  @Answers(200, couponPage, 'Coupons, in the order of their codes.')
  list(
    @Param({ schema: idParams }) { id }: IdParams,
    @Query({ schema: couponListQuery }) { store, batch, ...page }: CouponListQuery,
  ): Promise<Page<CouponAnswer>> {
    return pageByCode(
      page,
      (after = '', limit) => this.directory.list({ storeCode: store, id }, batch, after, limit),
      couponAnswerOf,
    );
  }

  @Post()
  @RequirePermission('promotions:promotion:update')
  @ApiOperation({ summary: 'Make a coupon with a code of your own' })
  @Answers(201, couponAnswer, 'The new coupon.')
  async create(
    @Param({ schema: idParams }) { id }: IdParams,
    @Query({ schema: storeScope }) { store }: StoreScope,
    @Body({ schema: newCouponBody }) body: NewCouponBody,
  ): Promise<CouponAnswer> {
    return couponAnswerOf(await this.editor.create({ storeCode: store, id }, body));
  }

  @Delete(':couponId')
  @RequirePermission('promotions:promotion:update')
  @HttpCode(204)
  @ApiOperation({ summary: 'Remove a coupon that no order has used' })
  @Answers(204, undefined, 'The coupon is gone, also from carts that hold it.')
  async remove(
    @Param({ schema: couponParams }) { id, couponId }: CouponParams,
    @Query({ schema: storeScope }) { store }: StoreScope,
  ): Promise<void> {
    await this.editor.remove({ storeCode: store, id }, couponId);
  }
}
