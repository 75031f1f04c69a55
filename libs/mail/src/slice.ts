import type { Slice } from '#libs/slice';
import { MailEntity } from './model/mail.entity.js';
import { MailModule } from './model/mail.module.js';
import { mailPermissions } from './model/mail.permissions.js';
import { sendMailJob } from './model/send-mail.job.js';

/** Mails as both roles hand them over. They belong to one person each, so nothing of them is cached. */
export const mailSlice: Slice = {
  name: 'mail',
  modules: [MailModule],
  entities: [MailEntity],
  permissions: mailPermissions,
  jobs: [sendMailJob],
  regions: [],
  tags: {},
};
