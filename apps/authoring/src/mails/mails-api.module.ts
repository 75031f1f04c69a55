import { Module } from '@nestjs/common';
import { MailAuthoringModule } from '#authoring/mail';
import { MailController } from './mail.controller.js';

/** `/mails`. */
@Module({ imports: [MailAuthoringModule], controllers: [MailController] })
export class MailsApiModule {}
