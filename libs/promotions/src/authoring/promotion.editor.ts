import { Injectable } from '@nestjs/common';
import { DatabaseClock, UnitOfWork, type Transaction } from '#libs/database';
import { newId, staleVersion } from '#libs/kernel';
import { StoreLookup, type Store } from '#libs/stores';
import { promotionLimits } from '../model/promotion-rules.js';
import type { Promotion, PromotionContent } from '../model/promotion.js';
import { promotionsErrors } from '../model/promotions.errors.js';
import { promotionsTags } from '../model/promotions.tags.js';
import { assertPromotionRules } from './assert-promotion-rules.js';
import { PromotionCountersRepository } from './promotion-counters.repository.js';
import { PromotionRepository } from './promotion.repository.js';

/** Names one promotion the way callers may: an id counts only within the store. */
export interface PromotionAddress {
  readonly storeCode: string;
  readonly id: string;
}

/** What is named changes, the rest stays. */
export type PromotionPatch = {
  readonly [Name in keyof PromotionContent]?: PromotionContent[Name] | undefined;
};

/**
 * Promotions, as the back office changes them; one unit of work each, based on a version, audited. What
 * shoppers are asked for is another on every replica as soon as it is committed.
 */
@Injectable()
export class PromotionEditor {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: DatabaseClock,
    private readonly stores: StoreLookup,
    private readonly promotions: PromotionRepository,
    private readonly counters: PromotionCountersRepository,
  ) {}

  /** Throws `catalog.store-not-found`, `promotions.promotion-invalid`, `promotions.too-many-active`. */
  create(storeCode: string, content: PromotionContent): Promise<Promotion> {
    return this.unitOfWork.run(async (tx) => {
      const store = await this.stores.getByCode(tx, storeCode);
      assertPromotionRules(content, store);
      if (content.state === 'active') await this.assertRoom(tx, store);
      const now = this.clock.wallMs();
      const record = { id: newId(), storeId: store.id, version: 1, createdAt: now, updatedAt: now };
      const promotion: Promotion = { ...content, ...record };
      await this.promotions.insert(tx, promotion);
      await this.counters.settle(tx, undefined, promotion);
      tx.invalidate(promotionsTags.promotions(store.id));
      audit(tx, promotion.id, { action: 'promotions:promotion:create', after: promotion });
      return promotion;
    });
  }

  /**
   * Throws `catalog.store-not-found`, `promotions.promotion-not-found`, `promotions.promotion-invalid`,
   * `promotions.too-many-active`, `http.stale-version`.
   */
  update(address: PromotionAddress, version: number, patch: PromotionPatch): Promise<Promotion> {
    return this.unitOfWork.run(async (tx) => {
      const { store, promotion: before } = await this.open(tx, address, version);
      const given = Object.entries(patch).filter(([, value]) => value !== undefined);
      const changed = { ...before, ...Object.fromEntries(given) } as Promotion;
      if (JSON.stringify(changed) === JSON.stringify(before)) return before;
      assertPromotionRules(changed, store);
      if (before.state !== 'active' && changed.state === 'active') {
        await this.assertRoom(tx, store);
      }
      const after = { ...changed, version: version + 1, updatedAt: this.clock.wallMs() };
      if (!(await this.promotions.update(tx, after))) throw staleVersion(version + 1);
      await this.counters.settle(tx, before, after);
      tx.invalidate(promotionsTags.promotions(store.id));
      audit(tx, before.id, { action: 'promotions:promotion:update', before, after });
      return after;
    });
  }

  /**
   * With its coupons. Throws `promotions.promotion-used` when orders have used it: such a promotion is
   * paused; and what {@link update} throws.
   */
  async remove(address: PromotionAddress, version: number): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const { store, promotion: before } = await this.open(tx, address, version);
      if (await this.counters.isUsed(tx, before.id)) throw promotionsErrors.promotionUsed();
      if (!(await this.promotions.remove(tx, before))) throw staleVersion(version + 1);
      tx.invalidate(promotionsTags.promotions(store.id));
      audit(tx, before.id, { action: 'promotions:promotion:delete', before });
    });
  }

  private async open(
    tx: Transaction,
    { storeCode, id }: PromotionAddress,
    version: number,
  ): Promise<{ readonly store: Store; readonly promotion: Promotion }> {
    const store = await this.stores.getByCode(tx, storeCode);
    const promotion = await this.promotions.find(tx, store.id, id);
    if (promotion === undefined) throw promotionsErrors.promotionNotFound();
    if (promotion.version !== version) throw staleVersion(promotion.version);
    return { store, promotion };
  }

  /** Of several that are made at once, none makes one too many. */
  private async assertRoom(tx: Transaction, { id }: Store): Promise<void> {
    await tx.lock(`active-promotions:${id}`);
    const active = await this.promotions.countActive(tx, id);
    if (active < promotionLimits.active) return;
    throw promotionsErrors.tooManyActive({ details: { limit: promotionLimits.active } });
  }
}

function audit(
  tx: Transaction,
  entityId: string,
  entry: { readonly action: string; readonly before?: Promotion; readonly after?: Promotion },
): void {
  tx.audit({ entity: 'promotion', entityId, ...entry });
}
