export { BearerTokens, bearerToken, type NewToken, type PresentedToken } from './bearer-token.js';
export { credentialsErrors } from './credentials.errors.js';
export { NewPasswords } from './new-passwords.js';
export { normalisedEmail } from './normalised-email.js';
export { PasswordHasher } from './password-hasher.js';
export { PasswordStrength } from './password-strength.js';
export { SignInThrottle } from './sign-in-throttle.js';
