import {
  bytesOfFile,
  readIndexFile,
  type ByteSource,
  type LogMark,
} from '../src/model/file/index-file.js';
import { paddedLength } from '../src/model/file/parts.js';
import { putTogether, takeApart } from '../src/model/file/segment-parts.js';
import { UnusableFile } from '../src/model/file/unusable-file.js';
import { StoreIndex } from '../src/model/index/store-index.js';
import { languageOf } from '../src/model/text/language.js';
import { finish } from './indexed-products.js';

const IDENTITY = 'a store';
export const MARK: LogMark = { position: 7, committedAt: 1_700_000_000_000, digest: 'tags' };
const START_BYTES = 16;

/** A file without its seal. */
export class MemoryBytes implements ByteSource {
  private at = 0;

  constructor(private readonly bytes: Uint8Array) {}

  get size(): number {
    return this.bytes.length;
  }

  async take(bytes: number): Promise<ArrayBuffer> {
    if (bytes > this.size - this.at) throw new UnusableFile('it is cut off');
    this.at += bytes;
    return new Uint8Array(this.bytes.subarray(this.at - bytes, this.at)).buffer;
  }
}

/** The file of an index; `change` may change what its head says. */
export function fileOf(
  index: Pick<StoreIndex, 'frozen'>,
  change: (head: object) => void = () => undefined,
): Buffer {
  const segments = index.frozen().map((segment) => finish(takeApart(segment)));
  const bytes = Buffer.concat([...bytesOfFile(IDENTITY, MARK, segments)]);
  const length = bytes.readUInt32LE(START_BYTES / 2);
  const head = JSON.parse(bytes.toString('utf8', START_BYTES, START_BYTES + length)) as object;
  change(head);
  const text = Buffer.from(JSON.stringify(head));
  const start = Buffer.alloc(START_BYTES + paddedLength(text.length));
  bytes.copy(start, 0, 0, START_BYTES);
  start.writeUInt32LE(text.length, START_BYTES / 2);
  text.copy(start, START_BYTES);
  return Buffer.concat([start, bytes.subarray(START_BYTES + paddedLength(length))]);
}

/** The index that is in a file, or would be in one of this index. */
export async function revived(from: MemoryBytes | Pick<StoreIndex, 'frozen'>): Promise<StoreIndex> {
  const bytes = from instanceof MemoryBytes ? from : new MemoryBytes(fileOf(from));
  const { head, buffers } = await readIndexFile(bytes, IDENTITY);
  const segments = head.segments.map((own, index) =>
    finish(putTogether(own, buffers[index] ?? new ArrayBuffer())),
  );
  return new StoreIndex(
    ['en', 'de'].flatMap((code) => languageOf(code) ?? []),
    segments,
  );
}
