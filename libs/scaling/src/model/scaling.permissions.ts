export const scalingPermissions = {
  'scaling:rules:read': 'See the scaling rules and what they decide',
  'scaling:rules:update': 'Change the scaling rules',
  'scaling:sample:create': 'Report measurements for scaling rules',
  'scaling:setting:update': 'Switch parts of the shop off and on',
} as const;
