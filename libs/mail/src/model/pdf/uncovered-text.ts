import type { MailLanguage } from '../mail.js';

const TEXTS: Readonly<Record<MailLanguage, string>> = {
  en: 'The sign □ stands for a character that this file has no font for; the page in the shop shows it.',
  de: 'Das Zeichen □ steht für ein Zeichen, für das diese Datei keine Schrift hat; die Seite im Shop zeigt es.',
};

/** Stands below a document in which a character had to be marked. */
export function uncoveredText(language: MailLanguage): string {
  return TEXTS[language];
}
