import { defineErrors } from '#libs/kernel';

export const searchErrors = defineErrors({
  indexNotReady: {
    code: 'search.index-not-ready',
    family: 'operational',
    status: 503,
    title: 'The products of the store are still being loaded',
  },
  indexTooLarge: {
    code: 'search.index-too-large',
    family: 'operational',
    status: 503,
    title: 'The products of the store are more than a replica may hold',
  },
  ruleNotFound: {
    code: 'search.rule-not-found',
    family: 'user',
    status: 404,
    title: 'Search rule not found',
  },
  ruleInvalid: {
    code: 'search.rule-invalid',
    family: 'user',
    status: 422,
    title: 'The search rule cannot be used',
  },
  facetsInvalid: {
    code: 'search.facets-invalid',
    family: 'user',
    status: 422,
    title: 'The settings of the facets cannot be used',
  },
  tooManyRules: {
    code: 'search.too-many-rules',
    family: 'user',
    status: 409,
    title: 'The store has as many search rules as it may have',
  },
});
