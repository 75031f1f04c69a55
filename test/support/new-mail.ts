import { newId } from '#libs/kernel';
import type { NewMail } from '#libs/mail';

/** A mail with a key and a recipient of its own. */
export function newMail(changes: Partial<NewMail> = {}): NewMail {
  const id = newId();
  return {
    storeId: id,
    kind: 'test',
    to: `${id}@example.com`,
    language: 'en',
    subject: 'A test',
    html: '<p>A test</p>',
    text: 'A test',
    dedupeKey: `test:${id}`,
    ...changes,
  };
}
