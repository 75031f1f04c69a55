/** What the stand-in of a server answers, in the bytes of TDS 7.4. */
export interface TdsAnswer {
  readonly text: string;
  readonly isLogin: boolean;
  readonly answer: Buffer;
}

const LOGIN = 0x10;
const SQL_BATCH = 0x01;
const TRANSACTION = 0x0e;
const BEGIN = 5;
const COMMIT = 7;
const TDS_7_4 = 0x7400_0004;

export function preloginAnswer(encrypts: boolean): Buffer {
  // Version at 11, six bytes; encryption at 17, one byte: 1 is on, 2 is not supported.
  const offsets = [0, 0, 11, 0, 6, 1, 0, 17, 0, 1, 0xff];
  return Buffer.from([...offsets, 16, 0, 0, 0, 0, 0, encrypts ? 1 : 2]);
}

/** `contentOf` says what the one row of a statement holds. */
export function answerOf(
  type: number,
  payload: Buffer,
  contentOf: (text: string) => string,
): TdsAnswer {
  if (type === LOGIN)
    return { text: '', isLogin: true, answer: Buffer.concat([loginAck(), done(0)]) };
  if (type === TRANSACTION) return transaction(payload);
  const headers = payload.readUInt32LE(0);
  const text = payload.subarray(headers).toString('utf16le');
  const isSetup = type === SQL_BATCH;
  return {
    text,
    isLogin: false,
    answer: isSetup && !text.includes('AS ') ? done(0) : oneRow(text, contentOf(text)),
  };
}

function transaction(payload: Buffer): TdsAnswer {
  const kind = payload.readUInt16LE(payload.readUInt32LE(0));
  const descriptor = Buffer.from([8, 1, 0, 0, 0, 0, 0, 0, 0]);
  const none = Buffer.from([0]);
  const [text, what, before, after]: [string, number, Buffer, Buffer] =
    kind === BEGIN
      ? ['BEGIN', 8, descriptor, none]
      : [kind === COMMIT ? 'COMMIT' : 'ROLLBACK', kind === COMMIT ? 9 : 10, none, descriptor];
  const change = Buffer.concat([Buffer.from([what]), before, after]);
  return {
    text,
    isLogin: false,
    answer: Buffer.concat([Buffer.from([0xe3]), uint16(change.length), change, done(0)]),
  };
}

function loginAck(): Buffer {
  const version = Buffer.alloc(4);
  version.writeUInt32BE(TDS_7_4);
  const body = Buffer.concat([
    Buffer.from([1]),
    version,
    name('stand-in'),
    Buffer.from([16, 0, 0, 0]),
  ]);
  return Buffer.concat([Buffer.from([0xad]), uint16(body.length), body]);
}

/** One column, named as the statement names it, with a text. */
function oneRow(text: string, content: string): Buffer {
  const column = /(?:AS|inserted\.) ?"?(\w+)"?/.exec(text)?.[1] ?? 'one';
  const type = Buffer.from([0, 0, 0, 0, 0, 0, 0xe7, 0x40, 0x1f, 9, 4, 0xd0, 0, 0x34]);
  const meta = Buffer.concat([Buffer.from([0x81]), uint16(1), type, name(column)]);
  const value = Buffer.from(content, 'utf16le');
  return Buffer.concat([meta, Buffer.from([0xd1]), uint16(value.length), value, done(1)]);
}

/** The end of the statement that was cancelled, and that the server has heard of it: a message each. */
export function cancelledAnswers(): readonly Buffer[] {
  const heard = done(0);
  heard.writeUInt16LE(0x20, 1);
  return [done(0), heard];
}

function done(rows: number): Buffer {
  const token = Buffer.alloc(13);
  token.writeUInt8(0xfd, 0);
  token.writeUInt16LE(rows > 0 ? 0x10 : 0, 1);
  token.writeBigUInt64LE(BigInt(rows), 5);
  return token;
}

function name(text: string): Buffer {
  return Buffer.concat([Buffer.from([text.length]), Buffer.from(text, 'utf16le')]);
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}
