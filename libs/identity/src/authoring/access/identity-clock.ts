/** The clock that expiries are compared with; tests inject a manual one. */
export const IDENTITY_CLOCK = Symbol('IdentityClock');
