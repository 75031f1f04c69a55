/** One mailbox is one text: NFC, lower case, no blanks around. Stored and compared in this form. */
export function normalisedEmail(email: string): string {
  return email.trim().normalize('NFC').toLowerCase();
}
