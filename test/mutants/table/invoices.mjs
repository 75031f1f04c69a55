const issuingSpec = 'libs/invoices/src/authoring/invoice-issuing.int-spec.ts';

/** @type {import('../lib/mutant-table.mjs').Mutant[]} */
export const mutants = [
  {
    name: 'invoices: a series skips numbers',
    promise: 'InvoiceRegister: a series has no gaps',
    file: 'libs/invoices/src/authoring/invoice-register.ts',
    replace: [['SET last_number = last_number + 1', 'SET last_number = last_number + 2']],
    suites: [issuingSpec],
  },
  {
    name: 'invoices: what was taken beyond the bill is credited',
    promise: 'creditedLines: more was taken than was billed, and that is what was given back',
    file: 'libs/invoices/src/model/credited-lines.ts',
    replace: [
      [
        'Math.min(refund.amountMinor, standingMinor - keptMinor(payment))',
        'Math.min(refund.amountMinor, standingMinor)',
      ],
    ],
    suites: [issuingSpec],
  },
  {
    name: 'invoices: what ships on account is not billed',
    promise: 'isBillable: what is on account is billed when it ships',
    file: 'libs/invoices/src/model/billable.ts',
    replace: [["state === 'shipped' || state === 'partly-shipped'", "state === 'partly-shipped'"]],
    suites: [issuingSpec],
  },
];
