import { Injectable } from '@nestjs/common';
import { type RowOf, sql, type SqlQueries } from '#libs/database';
import type { LocationEntity } from './location.entity.js';
import { MAIN_LOCATION } from './main-location.js';

/** Names the locations that other slices keep the ids of. */
@Injectable()
export class LocationCodes {
  /** What tells the code of a location of a store; null stands for the main one. */
  async resolve(
    queries: SqlQueries,
    storeId: string,
  ): Promise<(locationId: string | null) => string> {
    const rows = await queries.query<RowOf<LocationEntity, 'id' | 'code'>>(sql`
      SELECT id, code
      FROM location
      WHERE store_id = ${storeId}`);
    const codes = new Map(rows.map(({ id, code }) => [id, code]));
    return (locationId) => (locationId === null ? MAIN_LOCATION : (codes.get(locationId) ?? ''));
  }
}
