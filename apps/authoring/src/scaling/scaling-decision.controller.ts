import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ScalingDirectory, type RecordedDecision } from '#authoring/scaling';
import { Answers, pagedBy, RequirePermission, type Page } from '#libs/http';
import { z } from 'zod';
import {
  decisionAnswerOf,
  decisionPage,
  decisionQuery,
  desiredAnswer,
  samplesBody,
  type DecisionAnswer,
  type DecisionQuery,
  type DesiredAnswer,
  type SamplesBody,
} from './scaling-decision.schemas.js';

const pageByTime = pagedBy(
  z.strictObject({ createdAt: z.int(), id: z.uuid() }),
  ({ decision, id }: RecordedDecision) => ({ createdAt: decision.at, id }),
);

/** What the scaling rules decided, and why. */
@ApiTags('Scaling')
@Controller('scaling')
export class ScalingDecisionController {
  constructor(private readonly directory: ScalingDirectory) {}

  @Get('decisions')
  @RequirePermission('scaling:rules:read')
  @ApiOperation({ summary: 'List evaluations of the scaling rules' })
  @Answers(200, decisionPage, 'Newest first: inputs, rules that matched, what was dropped and why.')
  decisions(@Query({ schema: decisionQuery }) query: DecisionQuery): Promise<Page<DecisionAnswer>> {
    const { changes, ...page } = query;
    const isChange = changes === undefined ? undefined : changes === 'true';
    return pageByTime(
      page,
      (after, limit) => this.directory.listDecisions({ isChange }, after, limit),
      decisionAnswerOf,
    );
  }

  @Get('desired')
  @RequirePermission('scaling:rules:read')
  @ApiOperation({ summary: 'Get how many replicas there should be' })
  @Answers(200, desiredAnswer, 'By role; empty while no rules act.')
  async desired(): Promise<DesiredAnswer> {
    return { items: await this.directory.desired() };
  }

  @Post('samples')
  @HttpCode(204)
  @RequirePermission('scaling:sample:create')
  @ApiOperation({ summary: 'Report measurements of another application' })
  async report(@Body({ schema: samplesBody }) { samples }: SamplesBody): Promise<void> {
    await this.directory.report(samples);
  }
}
