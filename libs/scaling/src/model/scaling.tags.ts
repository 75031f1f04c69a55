/** The cache tags of what can be switched while the shop runs. */
export const scalingTags = {
  settings: () => 'runtime-settings',
} as const;
