import { connect } from 'node:net';

export interface RawAnswer {
  readonly status: number;
  readonly head: string;
  readonly problem: { readonly code?: string; readonly status?: number };
}

/** Sends these bytes and reads until the replica closes the connection or an answer is whole. */
export function sendRaw(port: number, text: string): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    let received = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(text));
    socket.setEncoding('utf8');
    const finish = () => {
      const [head = '', body = ''] = received.split('\r\n\r\n');
      const problem = body.startsWith('{') ? (JSON.parse(body) as RawAnswer['problem']) : {};
      resolve({ status: Number(head.split(' ')[1]), head: head.toLowerCase(), problem });
    };
    socket.on('data', (chunk: string) => {
      received += chunk;
      const length = /content-length: (\d+)/i.exec(received)?.[1];
      const body = received.split('\r\n\r\n')[1];
      if (length !== undefined && body !== undefined && body.length >= Number(length)) {
        socket.destroy();
      }
    });
    socket.once('close', finish).once('error', reject);
  });
}
