import { Injectable } from '@nestjs/common';
import { SqlReader } from '#libs/database';
import { StoreLookup } from '#libs/stores';
import type { SearchRule } from '../../model/rules/search-rule.js';
import { searchErrors } from '../../model/search.errors.js';
import { SearchRuleRepository } from './search-rule.repository.js';

/** Search rules as the back office reads them, always within one store. */
@Injectable()
export class SearchRuleDirectory {
  constructor(
    private readonly database: SqlReader,
    private readonly stores: StoreLookup,
    private readonly rules: SearchRuleRepository,
  ) {}

  /** Throws `catalog.store-not-found`, `search.rule-not-found`. */
  async get(storeCode: string, id: string): Promise<SearchRule> {
    const store = await this.stores.getByCode(this.database, storeCode);
    const rule = await this.rules.find(this.database, store.id, id);
    if (rule === undefined) throw searchErrors.ruleNotFound();
    return rule;
  }

  /** Oldest first, at most `limit` behind the id `after`. Throws `catalog.store-not-found`. */
  async list(storeCode: string, after: string, limit: number): Promise<SearchRule[]> {
    const store = await this.stores.getByCode(this.database, storeCode);
    return this.rules.list(this.database, store.id, after, limit);
  }
}
