import { Injectable } from '@nestjs/common';
import { DatabaseClock, UnitOfWork } from '#libs/database';
import { Logger } from '#libs/observability';
import { SearchRecorder } from '../noting/search-recorder.js';
import { PopularQueryRepository } from './popular-query.repository.js';

/**
 * Notes which searches had a result, to suggest the popular ones. However often a query comes in a minute, a replica
 * counts one use, so nobody makes a query popular at once.
 */
@Injectable()
export class PopularQueryRecorder extends SearchRecorder {
  constructor(
    unitOfWork: UnitOfWork,
    clock: DatabaseClock,
    protected readonly kept: PopularQueryRepository,
    logger: Logger,
  ) {
    super(unitOfWork, clock, logger);
  }
}
