/** How records of one kind are read, kept and voided. */
export interface RecordPolicy<Value> {
  /** Unique in a process. */
  readonly name: string;
  /** The id of the record that a tag voids; undefined for tags of other things. */
  readonly idOf: (tag: string) => string | undefined;
  /** Reads committed data; what does not exist has no place. */
  readonly read: (ids: readonly string[]) => Promise<ReadonlyMap<string, Value>>;
  readonly encode: (value: Value) => Uint8Array;
  /** Must keep nothing of the bytes. */
  readonly decode: (bytes: Buffer) => Value;
  /** Ids of all there is to be held, the first behind this one; none behind the last. Default: what others want. */
  readonly idsAfter?: (id: string) => Promise<readonly string[]>;
  /** Regions of the cache: when one of them is voided as a whole, so is all that is held, and is read again if it has `idsAfter`. */
  readonly regions?: readonly string[];
  /** Another name of the record, which no other has at the same time. */
  readonly aliasOf?: (bytes: Buffer) => string;
  /** A record that a tag names is read although it was not held, because it may have come into being. */
  readonly isReadWhenNamed?: boolean;
  /** Told of what is held since now. */
  readonly onHeld?: (ids: readonly string[]) => void;
  /** Told of what was found not to exist. */
  readonly onMissing?: (ids: readonly string[]) => void;
}

/** For values that are what their JSON says. */
export function asJson<Value>(): Pick<RecordPolicy<Value>, 'encode' | 'decode'> {
  return {
    encode: (value) => Buffer.from(JSON.stringify(value)),
    decode: (bytes) => JSON.parse(bytes.toString()) as Value,
  };
}
