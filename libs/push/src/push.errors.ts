import { defineErrors } from '#libs/kernel';

export const pushErrors = defineErrors({
  tokenMissing: {
    code: 'push.token-missing',
    family: 'user',
    status: 401,
    title: 'The handshake carries no valid token',
  },
  tooManyConnections: {
    code: 'push.too-many-connections',
    family: 'user',
    status: 429,
    title: 'Too many connections of one user',
  },
  tooManyWatches: {
    code: 'push.too-many-watches',
    family: 'user',
    status: 422,
    title: 'More is to be watched than one connection may',
  },
  watchInvalid: {
    code: 'push.watch-invalid',
    family: 'user',
    status: 400,
    title: 'What is to be watched was not understood',
  },
  switchedOff: {
    code: 'push.switched-off',
    family: 'user',
    status: 403,
    title: 'Live push is switched off at the moment',
  },
  full: {
    code: 'push.full',
    family: 'operational',
    status: 503,
    title: 'This replica takes no more connections',
  },
  unavailable: {
    code: 'push.unavailable',
    family: 'operational',
    status: 503,
    title: 'The credential cannot be checked at the moment',
  },
  notificationNotFound: {
    code: 'push.notification-not-found',
    family: 'user',
    status: 404,
    title: 'Notification not found',
  },
});
