import { searchErrors } from '../../model/search.errors.js';

/** What an index that has been loaded may have grown to, of the bound: a product too many takes no list from a shop. */
const GROWN = 1.25;

/** The memory that the indexes of all stores of a replica may take together. */
export class IndexRoom {
  constructor(
    readonly maxBytes: number,
    private readonly indexes: () => Iterable<{ readonly bytes: number }>,
  ) {}

  get takenBytes(): number {
    let taken = 0;
    for (const { bytes } of this.indexes()) taken += bytes;
    return taken;
  }

  /**
   * Throws `search.index-too-large` when an index that is loaded, so far of so many bytes, does not fit beside those of the
   * other stores. `replacedBytes`: of the one whose place it takes.
   */
  admit(storeCode: string, bytes: number, replacedBytes: number): void {
    this.require(storeCode, bytes - replacedBytes, this.maxBytes);
  }

  /** The same of one that changes, which may take a quarter more. */
  keep(storeCode: string, bytes: number, replacedBytes: number): void {
    this.require(storeCode, bytes - replacedBytes, this.maxBytes * GROWN);
  }

  private require(store: string, moreBytes: number, limitBytes: number): void {
    const neededBytes = this.takenBytes + moreBytes;
    if (neededBytes <= limitBytes) return;
    throw searchErrors.indexTooLarge({
      details: { store },
      // For the log: shoppers are told the rest.
      cause: new RangeError(
        `the indexes would take ${neededBytes} bytes of the ${this.maxBytes} of SEARCH_INDEX_MAX_BYTES`,
      ),
      retryAfterSeconds: 60,
    });
  }
}
