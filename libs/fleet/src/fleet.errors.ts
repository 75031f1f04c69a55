import { defineErrors } from '#libs/kernel';

export const fleetErrors = defineErrors({
  warmingUp: {
    code: 'cache.warming-up',
    family: 'operational',
    status: 503,
    title: 'The replica still loads what is used most',
  },
  replicaNotFound: {
    code: 'cache.replica-not-found',
    family: 'user',
    status: 404,
    title: 'There is no such replica',
  },
  replicaSilent: {
    code: 'cache.replica-silent',
    family: 'operational',
    status: 503,
    title: 'The replica did not answer in time',
  },
});
