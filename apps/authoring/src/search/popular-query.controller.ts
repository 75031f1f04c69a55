import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { PopularQueryDirectory } from '#authoring/search';
import { Answers, RequirePermission } from '#libs/http';
import { missQuery, type MissQuery } from './miss.schemas.js';
import {
  popularQueriesAnswer,
  popularQueryAnswerOf,
  type PopularQueriesAnswer,
} from './popular-query.schemas.js';

/** What shoppers look for, of which the frequent is suggested to others. */
@ApiTags('Search')
@Controller('search/queries')
export class PopularQueryController {
  constructor(private readonly directory: PopularQueryDirectory) {}

  @Get()
  @RequirePermission('search:query:read')
  @ApiOperation({ summary: 'List the most frequent searches with a result' })
  @Answers(200, popularQueriesAnswer, 'Most frequent first. Replicas add to it once a minute.')
  async list(@Query({ schema: missQuery }) query: MissQuery): Promise<PopularQueriesAnswer> {
    const items = await this.directory.list(query.store, query.limit);
    return { items: items.map(popularQueryAnswerOf) };
  }
}
