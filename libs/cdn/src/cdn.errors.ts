import { defineErrors } from '#libs/kernel';

export const cdnErrors = defineErrors({
  purgeFailed: {
    code: 'cdn.purge-failed',
    family: 'operational',
    status: 502,
    title: 'The shared cache did not confirm a purge',
  },
});
