import { Injectable } from '@nestjs/common';
import { DatabaseClock, isUniqueViolation, UnitOfWork } from '#libs/database';
import { currentContext, staleVersion } from '#libs/kernel';
import { readRules } from '../../model/rules/read-rules.js';
import { ScalingRulesRepository, type StoredRules } from './scaling-rules.repository.js';

/** Changes the rules: each change is a new version, and earlier ones stay. */
@Injectable()
export class ScalingRulesEditor {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly rules: ScalingRulesRepository,
    private readonly clock: DatabaseClock,
  ) {}

  /** Based on `version`, 0 before the first. Throws `scaling.rules-invalid`, `http.stale-version`. */
  async replace(version: number, content: string): Promise<StoredRules> {
    readRules(content);
    try {
      return await this.unitOfWork.run(async (tx) => {
        const before = await this.rules.findCurrent(tx);
        if ((before?.version ?? 0) !== version) throw staleVersion(before?.version ?? 0);
        const after: StoredRules = {
          version: version + 1,
          content,
          author: currentContext()?.actor?.name,
          createdAt: this.clock.wallMs(),
        };
        await this.rules.insert(tx, after);
        tx.audit({
          action: 'scaling:rules:update',
          entity: 'scaling-rules',
          entityId: String(after.version),
          before: { content: before?.content ?? null },
          after: { content },
        });
        return after;
      });
    } catch (error) {
      // Both found the same version; one has written the next.
      if (isUniqueViolation(this.unitOfWork.dialect, error)) throw staleVersion(version + 1);
      throw error;
    }
  }
}
