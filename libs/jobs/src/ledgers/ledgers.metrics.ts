import { defineMetrics } from '#libs/observability';

export const ledgerMetrics = defineMetrics({
  differences: {
    type: 'counter',
    name: 'lockstep_ledger_differences_total',
    help: 'Balances that a check found to be another number than the sum of their ledger, by ledger; counted anew by each check.',
    labels: ['ledger'],
  },
});
