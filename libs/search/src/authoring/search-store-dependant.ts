import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Transaction } from '#libs/database';
import { StoreDependants, type Store, type StoreDependant } from '#libs/stores';
import { SearchRuleRepository } from './rules/search-rule.repository.js';

/** What staff say of its search, and what is noted of it, goes with their store. */
@Injectable()
export class SearchStoreDependant implements StoreDependant, OnModuleInit {
  constructor(
    private readonly dependants: StoreDependants,
    private readonly rules: SearchRuleRepository,
  ) {}

  onModuleInit(): void {
    this.dependants.register(this);
  }

  removeRowsOf(tx: Transaction, { id }: Store): Promise<void> {
    return this.rules.removeAll(tx, id);
  }
}
