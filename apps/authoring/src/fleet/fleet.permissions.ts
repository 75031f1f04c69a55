export const fleetPermissions = {
  'fleet:replica:read': 'See the replicas of the fleet',
} as const;
