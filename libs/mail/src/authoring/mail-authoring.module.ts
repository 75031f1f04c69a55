import { Module } from '@nestjs/common';
import { TellsPersonalData } from '#libs/database';
import { StoresModelModule } from '#libs/stores';
import { MailModule } from '../model/mail.module.js';
import { MailDirectory } from './mail.directory.js';
import { MailEditor } from './mail.editor.js';
import { MailPruner } from './mail.pruner.js';
import { MailRepository } from './mail.repository.js';
import { SendMailHandler } from './send-mail.handler.js';
import { SmtpDelivery } from './smtp-delivery.js';
import { mailPersonalData } from './mail-personal-data.js';

/** Sending mails, and what staff see of them. Needs the database, cache and jobs modules. */
@Module({
  imports: [MailModule, StoresModelModule],
  providers: [MailRepository, MailDirectory, MailEditor, MailPruner, SmtpDelivery, SendMailHandler],
  exports: [MailDirectory, MailEditor],
})
@TellsPersonalData(mailPersonalData)
export class MailAuthoringModule {}
