import { Injectable } from '@nestjs/common';
import type { UsedUpReason } from '../model/basket.js';
import type { Buyer } from '../model/buyer.js';
import type { HeldCoupon } from '../model/coupon.js';
import { preparePromotions, type PreparedPromotion } from '../model/prepared-promotions.js';
import { customerLimitOf, type ActivePromotion } from '../model/promotion.js';
import { Offer } from './offer.js';
import { PromotionReader } from './promotion.reader.js';
import { UseState, type CouponState } from './use-state.js';

/** Who asks what a store takes off, and when. */
export interface OfferRequest {
  readonly buyer: Buyer;
  readonly currency: string;
  readonly coupons: readonly HeldCoupon[];
  /** By the database's clock, in epoch milliseconds. */
  readonly at: number;
  readonly trial?: OfferTrial | undefined;
}

/** A promotion that is tried among the others of the store, in the place of what is stored of it. */
export interface OfferTrial {
  readonly promotion: ActivePromotion;
  /** As if its coupon had been given. */
  readonly isCouponGiven: boolean;
}

/**
 * What a store takes off for one buyer. The promotions come from the cache; the database is asked only
 * about what was used, and only where a promotion that is in question has a limit, is for the first
 * order, or needs a coupon that was given.
 */
@Injectable()
export class PromotionOffers {
  constructor(
    private readonly promotions: PromotionReader,
    private readonly state: UseState,
  ) {}

  async offerFor(request: OfferRequest): Promise<Offer> {
    const { buyer, coupons, trial } = request;
    const prepared = withTrial(await this.promotions.list(buyer.storeId), trial);
    const couponStates = await this.state.couponsOf(buyer.storeId, coupons);
    const known = coupons.filter(({ couponId }) => couponStates.has(couponId));
    const couponPromotionIds = new Set(known.map(({ promotionId }) => promotionId));
    if (trial?.isCouponGiven === true) couponPromotionIds.add(trial.promotion.id);
    const inQuestion = prepared
      .map(({ promotion }) => promotion)
      .filter((promotion) => isInQuestion(promotion, request, couponPromotionIds));
    return new Offer(prepared, {
      coupons,
      couponStates,
      couponPromotionIds,
      usedUp: await this.usedUp(buyer, inQuestion, { known, couponStates }),
      customerGroups: asks(prepared, 'customer-group') ? await this.state.groupsOf(buyer) : [],
      isFirstOrder: asks(prepared, 'first-order') && (await this.state.isFirstOrder(buyer)),
    });
  }

  private async usedUp(
    buyer: Buyer,
    inQuestion: readonly ActivePromotion[],
    given: {
      readonly known: readonly HeldCoupon[];
      readonly couponStates: ReadonlyMap<string, CouponState>;
    },
  ): Promise<ReadonlyMap<string, UsedUpReason>> {
    const limited = inQuestion.filter(
      (promotion) => promotion.useLimit !== null || customerLimitOf(promotion) !== null,
    );
    const usedUp = await this.state.usedUp(buyer, limited);
    const needCoupon = new Set(
      inQuestion.filter(({ needsCoupon }) => needsCoupon).map(({ id }) => id),
    );
    for (const { couponId, promotionId } of given.known) {
      const isUsedUp = given.couponStates.get(couponId)?.isUsedUp === true;
      if (isUsedUp && needCoupon.has(promotionId)) usedUp.set(promotionId, 'coupon-used-up');
    }
    return usedUp;
  }
}

function withTrial(
  stored: readonly PreparedPromotion[],
  trial: OfferTrial | undefined,
): readonly PreparedPromotion[] {
  if (trial === undefined) return stored;
  const others = stored.map((each) => each.promotion).filter(({ id }) => id !== trial.promotion.id);
  return preparePromotions([...others, trial.promotion]);
}

/** Whether it may apply at all, whatever is in the basket. */
function isInQuestion(
  { id, currency, validFrom, validUntil, needsCoupon }: ActivePromotion,
  request: OfferRequest,
  couponPromotionIds: ReadonlySet<string>,
): boolean {
  if (currency !== null && currency !== request.currency) return false;
  if (validFrom !== null && request.at < validFrom) return false;
  if (validUntil !== null && request.at >= validUntil) return false;
  return !needsCoupon || couponPromotionIds.has(id);
}

function asks(
  prepared: readonly PreparedPromotion[],
  kind: 'customer-group' | 'first-order',
): boolean {
  return prepared.some(({ promotion }) => promotion.conditions.some((each) => each.kind === kind));
}
