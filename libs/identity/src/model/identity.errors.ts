import { defineErrors } from '#libs/kernel';

export const identityErrors = defineErrors({
  notAuthenticated: {
    code: 'identity.not-authenticated',
    family: 'user',
    status: 401,
    title: 'A valid credential is required',
  },
  sessionExpired: {
    code: 'identity.session-expired',
    family: 'user',
    status: 401,
    title: 'The session has ended; sign in again',
  },
  credentialsWrong: {
    code: 'identity.credentials-wrong',
    family: 'user',
    status: 401,
    title: 'The e-mail address or the password is wrong',
  },
  permissionMissing: {
    code: 'identity.permission-missing',
    family: 'user',
    status: 403,
    title: 'A permission is missing',
  },
  grantBeyondOwn: {
    code: 'identity.grant-beyond-own',
    family: 'user',
    status: 403,
    title: 'Nobody may hand out or change permissions beyond their own',
  },
  currentPasswordWrong: {
    code: 'identity.current-password-wrong',
    family: 'user',
    status: 422,
    title: 'The current password is wrong',
  },
  ownPassword: {
    code: 'identity.own-password',
    family: 'user',
    status: 422,
    title: 'One’s own password is changed with the current one, at PUT /me/password',
  },
  sessionRequired: {
    code: 'identity.session-required',
    family: 'user',
    status: 403,
    title: 'Only somebody who has signed in may do this, not an API key',
  },
  sessionNotFound: {
    code: 'identity.session-not-found',
    family: 'user',
    status: 404,
    title: 'Session not found',
  },
  userNotFound: {
    code: 'identity.user-not-found',
    family: 'user',
    status: 404,
    title: 'Staff user not found',
  },
  emailTaken: {
    code: 'identity.email-taken',
    family: 'user',
    status: 409,
    title: 'Another staff user has this e-mail address',
  },
  lastAdministrator: {
    code: 'identity.last-administrator',
    family: 'user',
    status: 409,
    title: 'At least one active administrator must remain',
  },
  roleNotFound: {
    code: 'identity.role-not-found',
    family: 'user',
    status: 404,
    title: 'Role not found',
  },
  roleUnknown: {
    code: 'identity.role-unknown',
    family: 'user',
    status: 422,
    title: 'A role that was named does not exist',
  },
  roleNameTaken: {
    code: 'identity.role-name-taken',
    family: 'user',
    status: 409,
    title: 'Another role has this name',
  },
  roleInUse: {
    code: 'identity.role-in-use',
    family: 'user',
    status: 409,
    title: 'The role is assigned to staff users',
  },
  permissionUnknown: {
    code: 'identity.permission-unknown',
    family: 'user',
    status: 422,
    title: 'A permission that was named does not exist',
  },
  expiryInPast: {
    code: 'identity.expiry-in-past',
    family: 'user',
    status: 422,
    title: 'The expiry lies in the past',
  },
  apiKeyNotFound: {
    code: 'identity.api-key-not-found',
    family: 'user',
    status: 404,
    title: 'API key not found',
  },
  undeclaredPermission: {
    code: 'identity.undeclared-permission',
    family: 'defect',
    status: 500,
    title: 'A route asks for a permission that does not exist',
  },
});
