import { Injectable } from '@nestjs/common';
import { chunksOf, sql, type Transaction, type RowOf } from '#libs/database';
import { catalogTags } from '../../model/catalog.tags.js';
import type { Picture } from '../../model/picture.js';
import type { PictureEntity } from '../../model/picture.entity.js';

const PICTURES_PER_STATEMENT = 100;

/** Writes the pictures that the installation holds. */
@Injectable()
export class PictureRepository {
  /** Stores the pictures whose paths have none; those that are there stay as they are. */
  async ensure(tx: Transaction, pictures: readonly Picture[]): Promise<void> {
    // Looking for them and writing them are one, also where several write at once.
    await tx.lock('pictures');
    for (const chunk of chunksOf(pictures, PICTURES_PER_STATEMENT)) {
      const known = await tx.query<RowOf<PictureEntity, 'path'>>(sql`
        SELECT path
        FROM picture
        WHERE path IN ${sql.in(chunk.map(({ path }) => path))}
      `);
      const paths = new Set(known.map(({ path }) => path));
      const missing = chunk.filter(({ path }) => !paths.has(path));
      if (missing.length === 0) continue;
      await tx.execute(
        sql.insert(
          'picture',
          missing.map(({ path, contentType, body }) => ({ path, content_type: contentType, body })),
        ),
      );
      tx.invalidate(...missing.map(({ path }) => catalogTags.picture(path)));
    }
  }
}
