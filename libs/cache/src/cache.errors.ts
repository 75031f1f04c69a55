import { defineErrors } from '#libs/kernel';

export const cacheErrors = defineErrors({
  loadTimeout: {
    code: 'cache.load-timeout',
    family: 'operational',
    status: 503,
    title: 'Loading took too long',
  },
  tooManyLoads: {
    code: 'cache.too-many-loads',
    family: 'operational',
    status: 503,
    title: 'Too much is being loaded at the moment',
  },
  unconfirmed: {
    code: 'cache.unconfirmed',
    family: 'operational',
    status: 503,
    title: 'What is known cannot be confirmed at the moment',
  },
  answerOvertaken: {
    code: 'cache.answer-overtaken',
    family: 'operational',
    status: 503,
    title: 'What the answer is made of changes faster than it can be read',
  },
  positionNotReached: {
    code: 'cache.position-not-reached',
    family: 'operational',
    status: 503,
    title: 'This replica has not reached the position the request asks for',
  },
  positionUnknown: {
    code: 'cache.position-unknown',
    family: 'user',
    status: 409,
    title: 'The position the request asks for is not in the log of this installation',
  },
  followTimeout: {
    code: 'cache.follow-timeout',
    family: 'operational',
    status: 503,
    title: 'The invalidation log did not answer in time',
  },
  regionNotFound: {
    code: 'cache.region-not-found',
    family: 'user',
    status: 404,
    title: 'Nothing is cached under this name',
  },
  refreshWindow: {
    code: 'cache.refresh-window',
    family: 'defect',
    status: 500,
    title: 'A cached reader asks for a refresh that it cannot have',
  },
  readInUnitOfWork: {
    code: 'cache.read-in-unit-of-work',
    family: 'defect',
    status: 500,
    title: 'A unit of work reads through the cache',
  },
  readerExists: {
    code: 'cache.reader-exists',
    family: 'defect',
    status: 500,
    title: 'Two cached readers have the same name',
  },
  sharedRegionExists: {
    code: 'cache.shared-region-exists',
    family: 'defect',
    status: 500,
    title: 'Two regions of the shared cache have the same name',
  },
  sharedNameInvalid: {
    code: 'cache.shared-name-invalid',
    family: 'defect',
    status: 500,
    title: 'The name cannot be that of a region of the shared cache',
  },
  sharedDurationInvalid: {
    code: 'cache.shared-duration-invalid',
    family: 'defect',
    status: 500,
    title: 'A life or a lease in the shared cache is not a usable duration',
  },
  sharedValueTooLarge: {
    code: 'cache.shared-value-too-large',
    family: 'defect',
    status: 500,
    title: 'A value is too large for its region of the shared cache',
  },
});
