import { sql } from '#libs/database';
import { eventually, openDatabase } from '#libs/testing';

/** Makes the job of a schedule run soon; one that is under way has begun before, and is not taken for it. */
export async function makeDue(databaseUrl: string, name: string): Promise<void> {
  const database = await openDatabase(databaseUrl);
  try {
    await eventually(`${name} is due`, () =>
      database.unitOfWork.run(async (tx) => {
        const underWay = await tx.query(sql`
          SELECT id
          FROM job
          WHERE dedupe_key = ${`schedule:${name}`}
            AND state IN ('pending', 'dispatched', 'active')`);
        if (underWay.length > 0) return false;
        await tx.execute(sql`UPDATE schedule SET next_at = 1 WHERE name = ${name}`);
        return true;
      }),
    );
  } finally {
    await database.close();
  }
}
