export const jobsPermissions = {
  'jobs:job:read': 'See jobs and follow their progress',
  'jobs:job:retry': 'Run failed jobs again',
  'jobs:job:cancel': 'Cancel jobs',
  'jobs:schedule:read': 'See schedules',
} as const;
