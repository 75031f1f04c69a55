import { Injectable } from '@nestjs/common';
import { DatabaseClock, UnitOfWork } from '#libs/database';
import { Logger } from '#libs/observability';
import { SearchRecorder } from '../noting/search-recorder.js';
import { MissRepository } from './miss.repository.js';

/** Notes which searches had no result, for staff. */
@Injectable()
export class MissRecorder extends SearchRecorder {
  constructor(
    unitOfWork: UnitOfWork,
    clock: DatabaseClock,
    protected readonly kept: MissRepository,
    logger: Logger,
  ) {
    super(unitOfWork, clock, logger);
  }
}
