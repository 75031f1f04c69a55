import { defineErrors } from '#libs/kernel';

/** The codes are those by which clients of the back office know them; shoppers get the same. */
export const credentialsErrors = defineErrors({
  tooManyAttempts: {
    code: 'identity.too-many-attempts',
    family: 'user',
    status: 429,
    title: 'Too many attempts to sign in',
  },
  passwordsBusy: {
    code: 'identity.passwords-busy',
    family: 'operational',
    status: 503,
    title: 'Too many passwords are being checked at the moment',
  },
  passwordWeak: {
    code: 'identity.password-weak',
    family: 'user',
    status: 422,
    title: 'The password is among those that are guessed first',
  },
});
