import { Injectable } from '@nestjs/common';
import { PlatformPruner, UnitOfWork, type PrunesPlatform } from '#libs/database';
import { PersonalExportRepository } from './personal-export.repository.js';

/** Files may be large. */
const EXPORTS_PER_BATCH = 5;

/** Removes files that can no longer be downloaded, and exports that failed. */
@Injectable()
@PlatformPruner('personal exports')
export class PersonalExportPruner implements PrunesPlatform {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly exports: PersonalExportRepository,
  ) {}

  pruneBatch(now: number): Promise<number> {
    return this.unitOfWork.run(async (tx) => {
      const expired = await this.exports.listExpired(tx, now, EXPORTS_PER_BATCH);
      await this.exports.remove(tx, expired);
      return expired.length;
    });
  }
}
