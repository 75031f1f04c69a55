import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { PromotionTrials } from '#authoring/carts';
import { CustomerDirectory } from '#authoring/customers';
import { PromotionDrafts } from '#authoring/promotions';
import { Answers, RequirePermission } from '#libs/http';
import {
  trialAnswer,
  trialAnswerOf,
  triedCartOf,
  trialBody,
  type TrialAnswer,
  type TrialBody,
} from './promotion-trial.schemas.js';
import { timesOf } from './promotion.schemas.js';

/** Trying promotions on carts. */
@ApiTags('Promotions')
@Controller('promotions/trials')
export class PromotionTrialController {
  constructor(
    private readonly drafts: PromotionDrafts,
    private readonly customers: CustomerDirectory,
    private readonly trials: PromotionTrials,
  ) {}

  @Post()
  @HttpCode(200)
  @RequirePermission('promotions:promotion:read')
  @ApiOperation({ summary: 'Try a promotion on a cart' })
  @Answers(200, trialAnswer, 'What it would do, and why not; nothing is changed.')
  async try(@Body({ schema: trialBody }) body: TrialBody): Promise<TrialAnswer> {
    const { store: storeCode, cart, isCouponGiven, at } = body;
    if ('items' in cart && cart.customerId !== null) {
      await this.customers.get(storeCode, cart.customerId);
    }
    const promotion = await this.promotionOf(body);
    const tried = await this.trials.try({
      storeCode,
      trial: { promotion, isCouponGiven },
      cart: 'items' in cart ? triedCartOf(cart) : cart,
      at: at === null ? undefined : Date.parse(at),
    });
    return trialAnswerOf(tried);
  }

  private promotionOf({ store, promotion }: TrialBody) {
    if ('id' in promotion) return this.drafts.get(store, promotion.id);
    const { validFrom = null, validUntil = null } = timesOf(promotion.draft);
    return this.drafts.draft(store, { ...promotion.draft, validFrom, validUntil });
  }
}
