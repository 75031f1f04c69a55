import { defineErrors } from './errors.js';

export const kernelErrors = defineErrors({
  deadlineExceeded: {
    code: 'kernel.deadline-exceeded',
    family: 'operational',
    status: 503,
    title: 'An operation took longer than its deadline',
  },
  aborted: {
    code: 'kernel.aborted',
    family: 'operational',
    status: 503,
    title: 'An operation was aborted',
  },
});
