import type { ConfigKeyName } from './config-table.js';

/** Something is wrong with the key already, so that what another key demands of it need not be said. */
export function isReported(key: ConfigKeyName, problems: readonly string[]): boolean {
  return problems.some(
    (problem) => problem.startsWith(`${key}:`) || problem.startsWith(`${key}_FILE:`),
  );
}
