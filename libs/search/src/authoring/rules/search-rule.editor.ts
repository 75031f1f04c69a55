import { Injectable } from '@nestjs/common';
import { DatabaseClock, UnitOfWork, type Transaction } from '#libs/database';
import { newId, staleVersion } from '#libs/kernel';
import { StoreLookup, type Store } from '#libs/stores';
import { ruleBreaches } from '../../model/rules/rule-breaches.js';
import { isSpoken } from '../../model/rules/rules-in.js';
import {
  ruleLimits,
  type SearchRule,
  type SearchRuleContent,
} from '../../model/rules/search-rule.js';
import { searchErrors } from '../../model/search.errors.js';
import { searchTags } from '../../model/search.tags.js';
import { SearchRuleRepository } from './search-rule.repository.js';

/** Names one rule the way callers may: an id counts only within the store. */
export interface SearchRuleAddress {
  readonly storeCode: string;
  readonly id: string;
}

/**
 * Synonyms and redirects, as the back office changes them; one unit of work each, based on a version,
 * audited. Every replica searches by them as soon as they are committed.
 */
@Injectable()
export class SearchRuleEditor {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: DatabaseClock,
    private readonly stores: StoreLookup,
    private readonly rules: SearchRuleRepository,
  ) {}

  /** Throws `catalog.store-not-found`, `search.rule-invalid`, `search.too-many-rules`. */
  create(storeCode: string, content: SearchRuleContent): Promise<SearchRule> {
    assertRules(content);
    return this.unitOfWork.run(async (tx) => {
      const store = await this.stores.getByCode(tx, storeCode);
      assertSpoken(content, store);
      await this.assertRoom(tx, store);
      const now = this.clock.wallMs();
      const record = { id: newId(), storeId: store.id, version: 1, createdAt: now, updatedAt: now };
      const rule: SearchRule = { ...record, content };
      await this.rules.insert(tx, rule);
      tx.invalidate(searchTags.rules(store.code));
      audit(tx, rule.id, { action: 'search:rule:create', after: rule });
      return rule;
    });
  }

  /**
   * Throws `catalog.store-not-found`, `search.rule-not-found`, `search.rule-invalid`,
   * `http.stale-version`.
   */
  update(
    address: SearchRuleAddress,
    version: number,
    content: SearchRuleContent,
  ): Promise<SearchRule> {
    assertRules(content);
    return this.unitOfWork.run(async (tx) => {
      const { store, rule: before } = await this.open(tx, address, version);
      if (JSON.stringify(content) === JSON.stringify(before.content)) return before;
      assertSpoken(content, store);
      const updatedAt = this.clock.wallMs();
      const after = { ...before, content, version: version + 1, updatedAt };
      if (!(await this.rules.update(tx, after))) throw staleVersion(version + 1);
      tx.invalidate(searchTags.rules(store.code));
      audit(tx, before.id, { action: 'search:rule:update', before, after });
      return after;
    });
  }

  /** Throws what {@link update} throws. */
  async remove(address: SearchRuleAddress, version: number): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const { store, rule: before } = await this.open(tx, address, version);
      if (!(await this.rules.remove(tx, before))) throw staleVersion(version + 1);
      tx.invalidate(searchTags.rules(store.code));
      audit(tx, before.id, { action: 'search:rule:delete', before });
    });
  }

  private async open(
    tx: Transaction,
    { storeCode, id }: SearchRuleAddress,
    version: number,
  ): Promise<{ readonly store: Store; readonly rule: SearchRule }> {
    const store = await this.stores.getByCode(tx, storeCode);
    const rule = await this.rules.find(tx, store.id, id);
    if (rule === undefined) throw searchErrors.ruleNotFound();
    if (rule.version !== version) throw staleVersion(rule.version);
    return { store, rule };
  }

  /** Of several that are made at once, none makes one too many. */
  private async assertRoom(tx: Transaction, { id }: Store): Promise<void> {
    await tx.lock(`search-rules:${id}`);
    if ((await this.rules.count(tx, id)) < ruleLimits.rules) return;
    throw searchErrors.tooManyRules({ details: { limit: ruleLimits.rules } });
  }
}

function assertRules(content: SearchRuleContent): void {
  const errors = ruleBreaches(content);
  if (errors.length > 0) throw searchErrors.ruleInvalid({ details: { errors } });
}

/** A language that nobody can search in would be a slip; one that the store gives up later keeps its rules. */
function assertSpoken({ locale }: SearchRuleContent, { locales }: Store): void {
  if (locale === undefined || isSpoken(locale, locales)) return;
  const errors = [{ path: 'locale', message: `a language of the store: ${locales.join(', ')}` }];
  throw searchErrors.ruleInvalid({ details: { errors } });
}

function audit(
  tx: Transaction,
  entityId: string,
  entry: { readonly action: string; readonly before?: SearchRule; readonly after?: SearchRule },
): void {
  tx.audit({ entity: 'search-rule', entityId, ...entry });
}
