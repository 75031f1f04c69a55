import { Duplex } from 'node:stream';
import { createServer, type Server, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { answerOf, cancelledAnswers, preloginAnswer } from './tds-answers.js';

export interface TdsStandInOptions {
  /** PEM; without it the stand-in encrypts nothing. */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** TLS before anything else is said, as with `encrypt=strict`. */
  readonly isStrict?: boolean;
  /** What the one row of a statement holds; "1" unless it says otherwise. */
  readonly contentOf?: (text: string) => string;
  /** Called with the text of every statement, BEGIN and COMMIT included; true cuts the connection in place of an answer. */
  readonly cuts?: (text: string) => boolean;
  /** The same; true leaves it unanswered until it is cancelled. */
  readonly holds?: (text: string) => boolean;
  /** False leaves a login unanswered. */
  readonly hears?: () => boolean;
  /** What the answer to a statement waits for. */
  readonly delays?: (text: string) => Promise<void> | undefined;
}

const one = () => '1';
const HEADER_BYTES = 8;
const LAST_PACKET = 1;
const PRELOGIN = 0x12;
const CANCEL = 0x06;
const ANSWER = 0x04;

/**
 * A server that speaks enough TDS for the driver to connect, encrypt, log in and send statements, each of which
 * "affects" one row and answers one. It shows what a client sends, and is cut where a test says so; it stores nothing.
 */
export class TdsStandIn {
  /** Of all connections, in the order in which they came. */
  readonly statements: string[] = [];
  logins = 0;
  cancellations = 0;
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    readonly port: number,
    private readonly options: TdsStandInOptions,
  ) {
    server.on('connection', (socket) => {
      this.sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => this.sockets.delete(socket));
      this.serve(socket);
    });
  }

  static start(options: TdsStandInOptions = {}): Promise<TdsStandIn> {
    return new Promise((resolve) => {
      const server = createServer();
      server.listen({ port: 0, host: '127.0.0.1' }, () => {
        const address = server.address();
        const port = typeof address === 'object' && address !== null ? address.port : 0;
        resolve(new TdsStandIn(server, port, options));
      });
    });
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private serve(socket: Socket): void {
    const { tls, isStrict = false } = this.options;
    if (tls === undefined) return this.speak(socket, false);
    if (isStrict) return this.speak(secure(socket, tls), false);
    return this.speak(socket, true);
  }

  private speak(stream: Duplex, encrypts: boolean): void {
    readMessages(stream, (type, payload) => {
      if (type === PRELOGIN) {
        stream.write(packet(ANSWER, preloginAnswer(encrypts)));
        if (encrypts) {
          stream.removeAllListeners('data');
          this.speak(secure(new TlsInTds(stream), this.options.tls), false);
        }
        return;
      }
      if (type === CANCEL) {
        this.cancellations += 1;
        for (const part of cancelledAnswers()) stream.write(packet(ANSWER, part));
        return;
      }
      const { text, isLogin, answer } = answerOf(type, payload, this.options.contentOf ?? one);
      if (isLogin) this.logins += 1;
      else this.statements.push(text);
      if (isLogin) {
        if (this.options.hears?.() !== false) stream.write(packet(ANSWER, answer));
      } else if (this.options.cuts?.(text) === true) {
        stream.destroy();
      } else if (this.options.holds?.(text) !== true) {
        const answered = () => stream.write(packet(ANSWER, answer));
        const delayed = this.options.delays?.(text);
        if (delayed === undefined) answered();
        else void delayed.then(answered);
      }
    });
  }
}

function secure(stream: Duplex, tls: TdsStandInOptions['tls']): Duplex {
  // SQL Server speaks at most TLS 1.2 inside TDS; later versions say more after the handshake.
  const socket = new TLSSocket(stream, {
    isServer: true,
    ...tls,
    maxVersion: 'TLSv1.2',
    ALPNProtocols: ['tds/8.0'],
  });
  socket.on('error', () => stream.destroy());
  return socket;
}

function packet(type: number, payload: Buffer): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeUInt8(type, 0);
  header.writeUInt8(LAST_PACKET, 1);
  header.writeUInt16BE(HEADER_BYTES + payload.length, 2);
  return Buffer.concat([header, payload]);
}

function readMessages(stream: Duplex, hear: (type: number, payload: Buffer) => void): void {
  let pending = Buffer.alloc(0);
  let parts: Buffer[] = [];
  stream.on('error', () => undefined);
  stream.on('data', (chunk: Buffer) => {
    pending = Buffer.concat([pending, chunk]);
    while (pending.length >= HEADER_BYTES && pending.length >= pending.readUInt16BE(2)) {
      const length = pending.readUInt16BE(2);
      const type = pending.readUInt8(0);
      const isLast = (pending.readUInt8(1) & LAST_PACKET) !== 0;
      parts.push(pending.subarray(HEADER_BYTES, length));
      pending = pending.subarray(length);
      if (!isLast) continue;
      const payload = Buffer.concat(parts);
      parts = [];
      hear(type, payload);
    }
  });
}

/** Carries the handshake in TDS packets, and what follows it as it is, as TDS 7 does. */
class TlsInTds extends Duplex {
  private pending = Buffer.alloc(0);
  private isHandshake = true;

  constructor(private readonly carrier: Duplex) {
    super();
    carrier.on('data', (chunk: Buffer) => this.hear(chunk));
    carrier.on('close', () => this.destroy());
  }

  override _read(): void {
    // The carrier flows by itself.
  }

  override _write(chunk: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
    this.carrier.write(this.isHandshake ? packet(PRELOGIN, chunk) : chunk, done);
  }

  override _destroy(_error: Error | null, done: (error?: Error | null) => void): void {
    this.carrier.destroy();
    done();
  }

  private hear(chunk: Buffer): void {
    this.pending = Buffer.concat([this.pending, chunk]);
    while (this.isHandshake && this.pending.length >= HEADER_BYTES) {
      if (this.pending.readUInt8(0) !== PRELOGIN) {
        this.isHandshake = false;
        break;
      }
      const length = this.pending.readUInt16BE(2);
      if (this.pending.length < length) return;
      this.push(this.pending.subarray(HEADER_BYTES, length));
      this.pending = this.pending.subarray(length);
    }
    if (this.isHandshake || this.pending.length === 0) return;
    this.push(this.pending);
    this.pending = Buffer.alloc(0);
  }
}
