import { defineErrors } from '#libs/kernel';

export const importErrors = defineErrors({
  fileUnusable: {
    code: 'catalog.import-file-unusable',
    family: 'user',
    status: 422,
    title: 'The file cannot be imported',
  },
  fileTooLarge: {
    code: 'catalog.import-file-too-large',
    family: 'user',
    status: 413,
    title: 'The file is too large to be imported',
  },
});
