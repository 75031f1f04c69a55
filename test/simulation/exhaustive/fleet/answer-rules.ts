import type { Violation } from '../../checker/violation.js';
import type { GivenAnswer } from '../process/process-watch.js';
import type { SqlContent } from './sql-content.js';

/** What only the database knows about an answer: C2 in time. Returns what it breaks. */
export function brokenBy(
  { label, askedAtMs, parts, isStale }: GivenAnswer,
  { log }: SqlContent,
  leaseMs: number,
): readonly Violation[] {
  const violations: Violation[] = [];
  for (const { row, revision } of parts) {
    for (const commit of log) {
      const committed = commit.revisions[commit.rows.indexOf(row)];
      if (committed === undefined || revision >= committed) continue;
      const ageMs = askedAtMs - commit.atMs;
      if (isStale || ageMs < leaseMs) continue;
      const what = `${label} got ${row}@${revision}, ${row}@${committed}`;
      const detail = `${what} was committed ${ageMs} ms before it was asked for`;
      violations.push({ rule: 'C2 bounded staleness', detail });
    }
  }
  return violations;
}
