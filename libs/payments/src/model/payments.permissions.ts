/** What the back office may be allowed to do with payments. */
export const paymentsPermissions = {
  'payments:payment:read': 'See payments and refunds',
  'payments:payment:update': 'Capture, void and confirm payments',
  'payments:refund:create': 'Give money back',
} as const;
