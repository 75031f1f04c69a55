import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ScalingDirectory, ScalingRulesEditor, type StoredRules } from '#authoring/scaling';
import {
  Answers,
  IfMatch,
  isoTime,
  queryInteger,
  RequirePermission,
  VersionedAnswer,
} from '#libs/http';
import { z } from 'zod';
import { dryRunAnswer, dryRunAnswerOf, type DryRunAnswer } from './scaling-decision.schemas.js';
import {
  rulesAnswer,
  rulesBody,
  rulesVersionsAnswer,
  rulesVersionsQuery,
  type RulesAnswer,
  type RulesBody,
  type RulesVersionsAnswer,
  type RulesVersionsQuery,
} from './scaling-rules.schemas.js';

const versionParams = z.strictObject({
  version: queryInteger(1, Number.MAX_SAFE_INTEGER),
});

/** The rules by which replicas are scaled; `If-Match: "0"` stands for none. */
@ApiTags('Scaling')
@Controller('scaling/rules')
export class ScalingRulesController {
  constructor(
    private readonly directory: ScalingDirectory,
    private readonly editor: ScalingRulesEditor,
  ) {}

  @Get()
  @RequirePermission('scaling:rules:read')
  @VersionedAnswer()
  @ApiOperation({ summary: 'Get the scaling rules' })
  @Answers(200, rulesAnswer, 'The rules that hold, as they were written.')
  async get(): Promise<RulesAnswer> {
    return rulesAnswerOf(await this.directory.getRules());
  }

  @Put()
  @RequirePermission('scaling:rules:update')
  @VersionedAnswer()
  @ApiOperation({ summary: 'Set the scaling rules' })
  @Answers(200, rulesAnswer, 'The new version; it holds from the next evaluation on.')
  async set(
    @IfMatch() version: number,
    @Body({ schema: rulesBody }) { content }: RulesBody,
  ): Promise<RulesAnswer> {
    return rulesAnswerOf(await this.editor.replace(version, content));
  }

  @Get('versions')
  @RequirePermission('scaling:rules:read')
  @ApiOperation({ summary: 'List versions of the scaling rules' })
  @Answers(200, rulesVersionsAnswer, 'Newest first.')
  async versions(
    @Query({ schema: rulesVersionsQuery }) { limit }: RulesVersionsQuery,
  ): Promise<RulesVersionsAnswer> {
    return { items: (await this.directory.listRules(limit)).map(rulesAnswerOf) };
  }

  @Get('versions/:version')
  @RequirePermission('scaling:rules:read')
  @ApiOperation({ summary: 'Get a version of the scaling rules' })
  @Answers(200, rulesAnswer, 'The rules as they were.')
  async version(
    @Param({ schema: versionParams }) { version }: z.infer<typeof versionParams>,
  ): Promise<RulesAnswer> {
    return rulesAnswerOf(await this.directory.getRules(version));
  }

  @Post('dry-run')
  @HttpCode(200)
  @RequirePermission('scaling:rules:read')
  @ApiOperation({ summary: 'Try scaling rules on the fleet as it is' })
  @Answers(200, dryRunAnswer, 'What they would decide now; nothing is changed.')
  async dryRun(@Body({ schema: rulesBody }) { content }: RulesBody): Promise<DryRunAnswer> {
    return dryRunAnswerOf(await this.directory.dryRun(content));
  }
}

function rulesAnswerOf({ version, content, author, createdAt }: StoredRules): RulesAnswer {
  return { version, content, author: author ?? null, createdAt: isoTime(createdAt) };
}
