import { defineErrors, type LockstepError } from './errors.js';

/** The code is older than its place: clients branch on it, so it keeps the name of the door it leaves by. */
export const versionErrors = defineErrors({
  staleVersion: {
    code: 'http.stale-version',
    family: 'user',
    status: 412,
    title: 'The resource has changed since it was read',
  },
});

/** The refusal of a change that was based on another version than the current one. */
export function staleVersion(currentVersion: number): LockstepError {
  return versionErrors.staleVersion({ details: { currentVersion } });
}
