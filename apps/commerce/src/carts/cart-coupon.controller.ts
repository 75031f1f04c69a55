import { Controller, Delete, Param, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CartCoupons } from '#libs/carts';
import { Answers, ForCustomerOrGuest, OptionalIfMatch, VersionedAnswer } from '#libs/http';
import { CartHolder, type CartHolding } from './cart-holder.decorator.js';
import { cartAnswerOf } from './cart.answer.js';
import { cartAnswer, couponParams, type CartAnswer, type CouponParams } from './cart.schemas.js';

/** Coupons of carts, for the holder of the token of the cart. */
@ForCustomerOrGuest()
@ApiTags('Carts')
@Controller()
export class CartCouponController {
  constructor(private readonly coupons: CartCoupons) {}

  @Put('carts/:id/coupons/:code')
  @VersionedAnswer()
  @ApiOperation({ summary: 'Give a coupon' })
  @Answers(200, cartAnswer, 'The cart; `coupons` says whether the coupon takes something off.')
  async add(
    @Param({ schema: couponParams }) { id, code }: CouponParams,
    @CartHolder() holding: CartHolding,
    @OptionalIfMatch() version: number | undefined,
  ): Promise<CartAnswer> {
    return cartAnswerOf(await this.coupons.add({ id, ...holding }, version, code));
  }

  @Delete('carts/:id/coupons/:code')
  @VersionedAnswer()
  @ApiOperation({ summary: 'Take a coupon back' })
  @Answers(200, cartAnswer, 'The cart without the coupon.')
  async remove(
    @Param({ schema: couponParams }) { id, code }: CouponParams,
    @CartHolder() holding: CartHolding,
    @OptionalIfMatch() version: number | undefined,
  ): Promise<CartAnswer> {
    return cartAnswerOf(await this.coupons.remove({ id, ...holding }, version, code));
  }
}
