import { Injectable } from '@nestjs/common';
import { SqlReader } from './sql-reader.js';

/**
 * Committed reads of the database that units of work write to, also in a site where {@link SqlReader}
 * reads a copy that lags behind. For readers that must see what was just written, here or elsewhere: what
 * claims or hands over work, lists that a message has already told about, the state of the fleet.
 *
 * What shoppers see through the cache is read with `SqlReader`: a request that must not see less than
 * it has seen brings a position, and waits for the copy.
 */
@Injectable()
export class PrimaryReader extends SqlReader {
  /** Keeps a reader that may lag from being taken for this one. */
  readonly isPrimary = true;
}
