import { mkdirSync, rmSync } from 'node:fs';
import { createServer, request, type IncomingMessage, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { folderMark } from './fleet-environment.js';

export interface ControlRequest {
  readonly commerce: number;
}

/** Longest path a Unix socket may have on macOS, with room for the terminating zero. */
const SOCKET_PATH_LIMIT = 100;

/** The Unix socket through which other commands of this folder reach its running fleet; only its owner can. */
export function controlSocket(root: string): string {
  const inside = join(root, '.lockstep', 'control.sock');
  return inside.length <= SOCKET_PATH_LIMIT
    ? inside
    : join(tmpdir(), `lockstep-${folderMark(root)}.sock`);
}

/** Answers the commands of `askFleet`. Every request gets the lines that `handle` answers, or its error. */
export async function listenForControl(
  root: string,
  handle: (asked: ControlRequest | undefined) => Promise<string[]>,
): Promise<Server> {
  const path = controlSocket(root);
  mkdirSync(dirname(path), { recursive: true });
  // Left behind by a fleet that was killed. A living one keeps it, and `listen` fails then.
  if ((await askFleet(root)) === undefined) rmSync(path, { force: true });
  const server = createServer((incoming, response) => {
    void bodyOf(incoming)
      .then((body) => handle(parseRequest(body)))
      .then(
        (lines) => response.end(lines.join('\n')),
        (error: Error) => response.writeHead(500).end(error.message),
      );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });
  server.unref();
  return server;
}

/**
 * Asks the running fleet of the folder; undefined asks for its state only. Answers its lines, or undefined when none runs. Rejects
 * with the fleet's reason when it could not do it.
 */
export function askFleet(root: string, asked?: ControlRequest): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { socketPath: controlSocket(root), method: 'POST', path: '/' },
      (incoming) => {
        void bodyOf(incoming).then((body) =>
          incoming.statusCode === 200 ? resolve(body) : reject(new Error(body)),
        );
      },
    );
    // No socket, or nobody behind it.
    outgoing.once('error', () => resolve(undefined));
    outgoing.end(asked === undefined ? '' : JSON.stringify(asked));
  });
}

async function bodyOf(stream: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of stream) body += String(chunk);
  return body;
}

function parseRequest(body: string): ControlRequest | undefined {
  if (body === '') return undefined;
  const { commerce } = JSON.parse(body) as { commerce?: unknown };
  if (
    typeof commerce !== 'number' ||
    !Number.isInteger(commerce) ||
    commerce < 1 ||
    commerce > 32
  ) {
    throw new Error('the number of commerce replicas must be from 1 to 32');
  }
  return { commerce };
}
