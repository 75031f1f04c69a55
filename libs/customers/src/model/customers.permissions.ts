/** What the back office may be allowed to do with customers. */
export const customersPermissions = {
  'customers:customer:read': 'See customers',
  'customers:customer:update': 'Change, block and unblock customers',
  'customers:customer:erase': 'Have everything that is known of a customer taken away',
  'customers:customer:export': 'Collect everything that is known of a customer, and download it',
  'customers:group:read': 'See customer groups',
  'customers:group:update': 'Make, rename and remove customer groups',
  'customers:credit:read': 'See credit accounts and their entries',
  'customers:credit:update': 'Write entries and limits of credit accounts',
} as const;
