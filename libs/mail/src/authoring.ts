export { MailDirectory, type MailFilter } from './authoring/mail.directory.js';
export { MailEditor } from './authoring/mail.editor.js';
export { MailAuthoringModule } from './authoring/mail-authoring.module.js';
export { mailAuthoringSlice } from './authoring/slice.js';
