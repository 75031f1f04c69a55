import type { Slice } from '#libs/slice';
import { mailSlice } from '../slice.js';
import { MailAuthoringModule } from './mail-authoring.module.js';

/** What mails are to the back office, which sends them. */
export const mailAuthoringSlice: Slice = {
  ...mailSlice,
  modules: [...mailSlice.modules, MailAuthoringModule],
};
