import { connect, type Socket } from 'node:net';

export interface RawRequest {
  readonly method: string;
  /** Under `/api/v1`. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: object;
}

/** Where a connection is lost: after so many bytes of the request, or of the answer to the whole of it. */
export type Cut =
  | { readonly in: 'request'; readonly afterBytes: number }
  | { readonly in: 'answer'; readonly afterBytes: number };

export function bytesOf(url: string, { method, path, headers, body }: RawRequest): Buffer {
  const { host } = new URL(url);
  const content = JSON.stringify(body);
  const lines = [
    `${method} /api/v1${path} HTTP/1.1`,
    `host: ${host}`,
    'connection: close',
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(content)}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ];
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${content}`);
}

/**
 * Sends a request over a connection of its own that is reset at the cut. Resolves with the bytes of the
 * answer that came before, also when the replica was not there or went away first.
 */
export function cutRequest(url: string, request: RawRequest, cut: Cut): Promise<Buffer> {
  const { hostname, port } = new URL(url);
  const bytes = bytesOf(url, request);
  const received: Buffer[] = [];
  return new Promise((resolve) => {
    const socket: Socket = connect({ host: hostname, port: Number(port), noDelay: true });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(Buffer.concat(received)));
    let awaited = cut.afterBytes;
    socket.on('data', (chunk: Buffer) => {
      if (cut.in === 'request') return;
      received.push(chunk.subarray(0, awaited));
      awaited -= chunk.length;
      if (awaited <= 0) socket.resetAndDestroy();
    });
    const sent = cut.in === 'request' ? bytes.subarray(0, cut.afterBytes) : bytes;
    socket.write(sent, () => {
      if (cut.in === 'request' || awaited === 0) socket.resetAndDestroy();
    });
  });
}
