import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { SearchRuleDirectory, SearchRuleEditor } from '#authoring/search';
import {
  Answers,
  idParams,
  IfMatch,
  pageById,
  RequirePermission,
  VersionedAnswer,
  type IdParams,
  type Page,
} from '#libs/http';
import { storeScope, type StoreScope } from '../catalog/catalog.schemas.js';
import {
  newRuleBody,
  ruleAnswer,
  ruleAnswerOf,
  ruleBody,
  ruleListQuery,
  rulePage,
  type NewRuleBody,
  type RuleAnswer,
  type RuleBody,
  type RuleListQuery,
} from './search-rule.schemas.js';

/** Synonyms and redirects. */
@ApiTags('Search')
@Controller('search/rules')
export class SearchRuleController {
  constructor(
    private readonly directory: SearchRuleDirectory,
    private readonly editor: SearchRuleEditor,
  ) {}

  @Get()
  @RequirePermission('search:rule:read')
  @ApiOperation({ summary: 'List the synonyms and redirects of a store' })
  @Answers(200, rulePage, 'Rules, oldest first: where two redirect the same, the first one counts.')
  list(
    @Query({ schema: ruleListQuery }) { store, ...page }: RuleListQuery,
  ): Promise<Page<RuleAnswer>> {
    return pageById(
      page,
      (after = '', limit) => this.directory.list(store, after, limit),
      ruleAnswerOf,
    );
  }

  @Get(':id')
  @RequirePermission('search:rule:read')
  @VersionedAnswer()
  @ApiOperation({ summary: 'Get a synonym or redirect' })
  @Answers(200, ruleAnswer, 'The rule.')
  async get(
    @Param({ schema: idParams }) { id }: IdParams,
    @Query({ schema: storeScope }) { store }: StoreScope,
  ): Promise<RuleAnswer> {
    return ruleAnswerOf(await this.directory.get(store, id));
  }

  @Post()
  @RequirePermission('search:rule:update')
  @VersionedAnswer()
  @ApiOperation({ summary: 'Make a synonym or redirect' })
  @Answers(201, ruleAnswer, 'The new rule; every replica searches by it at once.')
  async create(
    @Body({ schema: newRuleBody }) { store, content }: NewRuleBody,
  ): Promise<RuleAnswer> {
    return ruleAnswerOf(await this.editor.create(store, content));
  }

  @Put(':id')
  @RequirePermission('search:rule:update')
  @VersionedAnswer()
  @ApiOperation({ summary: 'Change a synonym or redirect' })
  @Answers(200, ruleAnswer, 'The changed rule; every replica searches by it at once.')
  async update(
    @Param({ schema: idParams }) { id }: IdParams,
    @Query({ schema: storeScope }) { store }: StoreScope,
    @IfMatch() version: number,
    @Body({ schema: ruleBody }) { content }: RuleBody,
  ): Promise<RuleAnswer> {
    return ruleAnswerOf(await this.editor.update({ storeCode: store, id }, version, content));
  }

  @Delete(':id')
  @RequirePermission('search:rule:update')
  @HttpCode(204)
  @ApiOperation({ summary: 'Remove a synonym or redirect' })
  @Answers(204, undefined, 'The rule is gone.')
  async remove(
    @Param({ schema: idParams }) { id }: IdParams,
    @Query({ schema: storeScope }) { store }: StoreScope,
    @IfMatch() version: number,
  ): Promise<void> {
    await this.editor.remove({ storeCode: store, id }, version);
  }
}
