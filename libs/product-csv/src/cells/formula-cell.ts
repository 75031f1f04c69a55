// What spreadsheets take for a formula at the beginning of a cell (OWASP, "CSV Injection"), full
// width forms included. A quote in front of one is itself quoted, so that `restore` is an inverse.
const TRIGGER = '[=+\\-@\\t\\r\\n\\uff1d\\uff0b\\uff0d\\uff20]';
// Exporters put the quote in front of digits too, so that spreadsheets keep every one of them.
const NEEDS_QUOTE = new RegExp(`^(?:'*${TRIGGER}|'+[0-9][0-9., ]*$)`);
const HAS_QUOTE = new RegExp(`^'+(?:${TRIGGER}|[0-9][0-9., ]*$)`);
const PLAIN_NUMBER = /^-?\d+(?:\.\d+)?$/;

/**
 * Makes a cell harmless to open in a spreadsheet: text that would be run as a formula gets a
 * leading apostrophe. Plain numbers stay as they are.
 */
export function neutraliseFormula(cell: string): string {
  return NEEDS_QUOTE.test(cell) && !PLAIN_NUMBER.test(cell) ? `'${cell}` : cell;
}

/** The inverse of {@link neutraliseFormula}; leaves every other text alone. */
export function restoreFormula(cell: string): string {
  return HAS_QUOTE.test(cell) ? cell.slice(1) : cell;
}
