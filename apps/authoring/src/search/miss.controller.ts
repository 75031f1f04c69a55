import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { MissDirectory } from '#authoring/search';
import { Answers, RequirePermission } from '#libs/http';
import {
  missAnswerOf,
  missesAnswer,
  missQuery,
  type MissesAnswer,
  type MissQuery,
} from './miss.schemas.js';

/** What shoppers looked for in vain. */
@ApiTags('Search')
@Controller('search/misses')
export class MissController {
  constructor(private readonly directory: MissDirectory) {}

  @Get()
  @RequirePermission('search:miss:read')
  @ApiOperation({ summary: 'List the most frequent searches without a result' })
  @Answers(200, missesAnswer, 'Most frequent first. Replicas add to it once a minute.')
  async list(@Query({ schema: missQuery }) { store, limit }: MissQuery): Promise<MissesAnswer> {
    return { items: (await this.directory.list(store, limit)).map(missAnswerOf) };
  }
}
