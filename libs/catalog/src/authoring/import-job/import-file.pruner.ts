import { Injectable } from '@nestjs/common';
import { PlatformPruner, type PrunesPlatform } from '#libs/database';
import { UnitOfWork } from '#libs/database';
import { ImportFileRepository } from './import-file.repository.js';

const KEPT_MS = 30 * 24 * 3_600_000;
/** Files are large; a few at a time keep the unit of work short. */
const BATCH = 2;

/** Removes uploads, with their reports, thirty days after they came in. */
@Injectable()
@PlatformPruner('imports')
export class ImportFilePruner implements PrunesPlatform {
  constructor(
    private readonly files: ImportFileRepository,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  async pruneBatch(now: number): Promise<number> {
    const ids = await this.files.listExpired(now - KEPT_MS, BATCH);
    if (ids.length === 0) return 0;
    return this.unitOfWork.run((tx) => this.files.remove(tx, ids));
  }
}
