import { defineErrors } from '#libs/kernel';

export const sliceErrors = defineErrors({
  clash: {
    code: 'slice.clash',
    family: 'defect',
    status: 500,
    title: 'Two slices declare the same thing',
  },
});
