import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { MailDirectory, MailEditor } from '#authoring/mail';
import {
  Answers,
  idParams,
  IfMatch,
  pageByCreation,
  RequirePermission,
  VersionedAnswer,
  type IdParams,
  type Page,
} from '#libs/http';
import { storeScope, type StoreScope } from '../catalog/catalog.schemas.js';
import {
  mailAnswer,
  mailAnswerOf,
  mailContentAnswer,
  mailListQuery,
  mailPage,
  mailSummaryOf,
  type MailAnswer,
  type MailContentAnswer,
  type MailListQuery,
  type MailSummary,
} from './mail.schemas.js';

/** Mails to the shoppers of a store: what was sent, what waits and why. */
@ApiTags('Mails')
@Controller('mails')
export class MailController {
  constructor(
    private readonly directory: MailDirectory,
    private readonly editor: MailEditor,
  ) {}

  @Get()
  @RequirePermission('mail:mail:read')
  @ApiOperation({ summary: 'List mails' })
  @Answers(200, mailPage, 'Mails of the store, newest first.')
  list(@Query({ schema: mailListQuery }) query: MailListQuery): Promise<Page<MailSummary>> {
    const { store, state, kind, recipient, ...page } = query;
    return pageByCreation(
      page,
      (after, limit) => this.directory.list(store, { state, kind, recipient }, after, limit),
      mailSummaryOf,
    );
  }

  @Get(':id')
  @RequirePermission('mail:mail:read')
  @VersionedAnswer()
  @ApiOperation({ summary: 'Get a mail' })
  @Answers(200, mailAnswer, 'The mail, with its content unless that is confidential.')
  async get(
    @Param({ schema: idParams }) { id }: IdParams,
    @Query({ schema: storeScope }) { store }: StoreScope,
  ): Promise<MailAnswer> {
    return mailAnswerOf(await this.directory.get(store, id));
  }

  @Get(':id/content')
  @RequirePermission('mail:confidential:read')
  @ApiOperation({ summary: 'Get the content of a mail, also when it is confidential' })
  @Answers(200, mailContentAnswer, 'HTML and text.')
  content(
    @Param({ schema: idParams }) { id }: IdParams,
    @Query({ schema: storeScope }) { store }: StoreScope,
  ): Promise<MailContentAnswer> {
    return this.directory.getContent(store, id);
  }

  @Post(':id/resend')
  @RequirePermission('mail:mail:resend')
  @HttpCode(202)
  @VersionedAnswer()
  @ApiOperation({ summary: 'Send a mail once more' })
  @Answers(202, mailAnswer, 'The mail waits to be sent, whatever became of it before.')
  async resend(
    @Param({ schema: idParams }) { id }: IdParams,
    @Query({ schema: storeScope }) { store }: StoreScope,
    @IfMatch() version: number,
  ): Promise<MailAnswer> {
    return mailAnswerOf(await this.editor.resend({ storeCode: store, id }, version));
  }
}
