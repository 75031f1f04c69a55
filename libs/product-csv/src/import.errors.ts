import { defineErrors } from '#libs/kernel';

export const importErrors = defineErrors({
  notFound: {
    code: 'catalog.import-not-found',
    family: 'user',
    status: 404,
    title: 'Import not found',
  },
  fileMissing: {
    code: 'catalog.import-file-missing',
    family: 'user',
    status: 400,
    title: 'The request has no file',
  },
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
