import { sql, type SqlStatement } from '#libs/database';

/** A condition: the job whose id is in the column is still to run, or runs. For slices, which do not name the table. */
export function unfinishedJob(id: SqlStatement): SqlStatement {
  return sql`EXISTS (
    SELECT 1
    FROM job j
    WHERE j.id = ${id} AND j.state IN ('pending', 'dispatched', 'active')
  )`;
}
