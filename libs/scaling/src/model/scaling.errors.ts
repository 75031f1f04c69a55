import { defineErrors } from '#libs/kernel';

export const scalingErrors = defineErrors({
  rulesInvalid: {
    code: 'scaling.rules-invalid',
    family: 'user',
    status: 422,
    title: 'The scaling rules break a rule',
  },
  rulesNotFound: {
    code: 'scaling.rules-not-found',
    family: 'user',
    status: 404,
    title: 'There are no such scaling rules',
  },
  settingNotFound: {
    code: 'scaling.setting-not-found',
    family: 'user',
    status: 404,
    title: 'There is no such setting',
  },
});
