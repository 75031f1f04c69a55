import { defineErrors } from '#libs/kernel';

export const idempotencyErrors = defineErrors({
  keyReused: {
    code: 'idempotency.key-reused',
    family: 'user',
    status: 422,
    title: 'The key was used for another request',
  },
  inProgress: {
    code: 'idempotency.in-progress',
    family: 'operational',
    status: 409,
    title: 'The request with this key is still being worked on',
  },
});
