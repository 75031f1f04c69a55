import { unsafeTextBreaches, type RuleBreach } from '#libs/kernel';

/** Who sells, as it stands on invoices, and how their numbers begin. */
export interface InvoicingSettings {
  /** Name and address of the company; empty: the name of the store alone. */
  readonly sellerLines: readonly string[];
  /** Such as `DE123456789`. */
  readonly taxId: string | null;
  /** At the foot of each page: bank, register, managers. */
  readonly footerLines: readonly string[];
  /** The year and a number without gaps follow. */
  readonly invoicePrefix: string;
  readonly creditNotePrefix: string;
}

export const DEFAULT_INVOICING_SETTINGS: InvoicingSettings = {
  sellerLines: [],
  taxId: null,
  footerLines: [],
  invoicePrefix: 'INV-',
  creditNotePrefix: 'CN-',
};

export const invoicingLimits = { lines: 8, line: 120, taxId: 40, prefix: 10 } as const;

/** No digit at the end: the year follows. */
const PREFIX = /^(?:[A-Z0-9-]{0,9}[A-Z-])$/;

/** What is wrong with invoicing settings; empty when nothing is. */
export function invoicingSettingsBreaches(settings: InvoicingSettings): RuleBreach[] {
  const { sellerLines, taxId, footerLines, invoicePrefix, creditNotePrefix } = settings;
  const breaches = unsafeTextBreaches([
    ...sellerLines.map((line, index) => [`sellerLines.${index}`, line] as const),
    ...footerLines.map((line, index) => [`footerLines.${index}`, line] as const),
    ['taxId', taxId ?? ''],
  ]);
  const check = (isRight: boolean, path: string, message: string): void => {
    if (!isRight) breaches.push({ path, message });
  };
  for (const [path, lines] of [
    ['sellerLines', sellerLines],
    ['footerLines', footerLines],
  ] as const) {
    check(lines.length <= invoicingLimits.lines, path, `at most ${invoicingLimits.lines} lines`);
    for (const [index, line] of lines.entries()) {
      check(
        isLine(line, invoicingLimits.line),
        `${path}.${index}`,
        `one line of at most ${invoicingLimits.line} characters`,
      );
    }
  }
  check(
    isLine(taxId ?? '', invoicingLimits.taxId),
    'taxId',
    `one line of at most ${invoicingLimits.taxId} characters`,
  );
  for (const [path, prefix] of [
    ['invoicePrefix', invoicePrefix],
    ['creditNotePrefix', creditNotePrefix],
  ] as const) {
    check(PREFIX.test(prefix), path, 'capital letters, digits and dashes, no digit at the end');
  }
  check(invoicePrefix !== creditNotePrefix, 'creditNotePrefix', 'not that of invoices');
  return breaches;
}

/** Other breaks of a line are unsafe text. */
function isLine(text: string, max: number): boolean {
  return text.length <= max && !/[\r\n\u2028\u2029]/.test(text);
}
