import { defineErrors } from '#libs/kernel';

export const searchErrors = defineErrors({
  indexNotReady: {
    code: 'search.index-not-ready',
    family: 'operational',
    status: 503,
    title: 'The products of the store are still being loaded',
  },
});
