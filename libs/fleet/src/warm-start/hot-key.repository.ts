import { Injectable } from '@nestjs/common';
import { RuntimeConfig } from '#libs/config';
import { type HotKeysEntity, type RowOf, sql, SqlReader, UnitOfWork } from '#libs/database';
import { hotKeysFromJson, hotKeysToJson, type HotKey, type HotKeyNote } from './hot-key.js';

type NoteRow = RowOf<HotKeysEntity, 'replica_id' | 'noted_at' | 'keys_json'>;

/** Replicas come and go under new names; the newest notes say enough. */
const MAX_NOTES = 10;

/** What each replica uses most, in SQL, where it outlives a restart of all of them and the loss of Redis. */
@Injectable()
export class HotKeyRepository {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly reader: SqlReader,
    private readonly replica: RuntimeConfig,
  ) {}

  /** Replaces what this replica noted before. */
  async save(keys: readonly HotKey[], notedAt: number): Promise<void> {
    const { replicaId: id, role } = this.replica;
    const json = hotKeysToJson(keys);
    await this.unitOfWork.run(async (tx) => {
      const updated = await tx.execute(
        sql`UPDATE hot_keys SET role = ${role}, noted_at = ${notedAt}, keys_json = ${json}
            WHERE replica_id = ${id}`,
      );
      if (updated > 0) return;
      await tx.execute(
        sql.insert('hot_keys', [{ replica_id: id, role, noted_at: notedAt, keys_json: json }]),
      );
    });
  }

  /** The newest notes of replicas of the same role. */
  async list(): Promise<HotKeyNote[]> {
    const rows = await this.reader.query<NoteRow>(
      sql`SELECT replica_id, noted_at, keys_json
          FROM hot_keys
          WHERE role = ${this.replica.role}
          ORDER BY noted_at DESC, replica_id ${sql.limit(MAX_NOTES)}`,
    );
    return rows.map((row) => ({
      replicaId: row.replica_id,
      notedAt: row.noted_at,
      keys: hotKeysFromJson(row.keys_json),
    }));
  }
}
