import { Injectable } from '@nestjs/common';
import { type RowOf, sql, SqlReader } from '#libs/database';
import type { Picture } from '../model/picture.js';
import type { PictureEntity } from '../model/picture.entity.js';

type PictureRow = RowOf<PictureEntity>;

/** Reads the pictures that the installation holds. */
@Injectable()
export class PictureViewRepository {
  constructor(private readonly database: SqlReader) {}

  async find(path: string): Promise<Picture | undefined> {
    const rows = await this.database.query<PictureRow>(sql`
      SELECT path, content_type, body
      FROM picture
      WHERE path = ${path}
    `);
    const row = rows[0];
    if (row === undefined) return undefined;
    return { path: row.path, contentType: row.content_type, body: row.body };
  }
}
