import { isUtf8 } from 'node:buffer';
import type { CsvFileProblemCode } from '../product-csv-problem.js';

/** U+FFFD in UTF-8: what cannot be read of UTF-16 comes as this. */
const UNREADABLE = Buffer.from('\ufffd');

/** Length of the UTF-8 sequence a byte begins, 0 when it begins none. */
function sequenceLength(lead: number): number {
  if (lead < 0x80) return 1;
  if (lead >= 0xc2 && lead <= 0xdf) return 2;
  if (lead >= 0xe0 && lead <= 0xef) return 3;
  if (lead >= 0xf0 && lead <= 0xf4) return 4;
  return 0;
}

/** How many bytes at the end belong to a UTF-8 sequence whose rest has not arrived. */
export function unfinishedBytes(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] as number;
    if ((byte & 0xc0) === 0x80) continue;
    return sequenceLength(byte) > back ? back : 0;
  }
  return 0;
}

/** Offset of the first byte that is not part of well-formed UTF-8, -1 when there is none. */
function firstInvalidByte(bytes: Uint8Array): number {
  for (let index = 0; index < bytes.length;) {
    const length = sequenceLength(bytes[index] as number);
    const isValid = length === 1 || (length > 1 && isUtf8(bytes.subarray(index, index + length)));
    if (!isValid || index + length > bytes.length) return index;
    index += length;
  }
  return -1;
}

/** The first byte that cannot be used, whatever row it is in, and why; undefined when all can. */
export function firstUnusable(
  bytes: Uint8Array,
  file: {
    readonly maxFileBytes: number;
    readonly bytesBefore: number;
    readonly isFromUtf16: boolean;
  },
): { offset: number; code: CsvFileProblemCode; message: string } | undefined {
  const allowance = file.maxFileBytes - file.bytesBefore;
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const stops = [
    {
      offset: isUtf8(bytes) ? -1 : firstInvalidByte(bytes),
      code: 'file-not-utf8' as const,
      message: 'the file is not UTF-8 text on this line; save it as "CSV UTF-8"',
    },
    {
      offset: file.isFromUtf16 ? view.indexOf(UNREADABLE) : -1,
      code: 'file-not-utf8' as const,
      message: 'the file is not well-formed UTF-16 on this line; save it as "CSV UTF-8"',
    },
    {
      offset: view.indexOf(0),
      code: 'file-not-csv' as const,
      message: 'the file holds binary data on this line; it is not a CSV',
    },
    {
      offset: bytes.length > allowance ? allowance : -1,
      code: 'file-too-large' as const,
      message: `the file is larger than ${file.maxFileBytes} bytes`,
    },
  ].filter((stop) => stop.offset >= 0);
  return stops.toSorted((left, right) => left.offset - right.offset)[0];
}

/** Recognises what people upload in place of a CSV, by the first bytes. */
export function describeForeignFormat(
  bytes: Uint8Array,
): { code: 'file-not-csv'; message: string } | undefined {
  const begins = (...magic: number[]): boolean => magic.every((byte, at) => bytes[at] === byte);
  if (begins(0x50, 0x4b, 0x03, 0x04)) {
    return {
      code: 'file-not-csv',
      message: 'the file is a ZIP archive or an Excel workbook; save it as "CSV UTF-8"',
    };
  }
  if (begins(0x1f, 0x8b)) {
    return { code: 'file-not-csv', message: 'the file is compressed; unpack it first' };
  }
  return undefined;
}
