import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** What a scripted replica does with a request: answer it, hold it until released, or die under it. */
export type Behaviour = 'answer' | 'hold' | 'break';

export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
}

/**
 * A small HTTP server in the place of a replica: it counts what reaches it and misbehaves on command.
 * Answers name it in `Lockstep-Replica`; `/health/ready` follows {@link ready}.
 */
export class ScriptedReplica {
  readonly requests: SeenRequest[] = [];
  behaviour: Behaviour = 'answer';
  ready = true;
  /** How long `/health/ready` takes; a replica that is slow, not away. */
  readyAfterMs = 0;
  checksAnswered = 0;
  private readonly held: (() => void)[] = [];
  private readonly sockets = new Set<Socket>();
  private server: Server | undefined;
  private lastPort = 0;

  constructor(readonly name: string) {}

  get port(): number {
    return this.lastPort;
  }

  /** Listens on loopback; again on the same port after {@link stop}. */
  async start(): Promise<void> {
    const server = createServer((request, response) => {
      if (request.url === '/health/ready') {
        setTimeout(() => {
          this.checksAnswered += 1;
          response.statusCode = this.ready ? 200 : 503;
          response.end();
        }, this.readyAfterMs);
        return;
      }
      this.requests.push({
        method: request.method ?? '',
        url: request.url ?? '',
        headers: request.headers,
      });
      const answer = () => response.setHeader('Lockstep-Replica', this.name).end(this.name);
      request.resume().once('end', () => {
        if (this.behaviour === 'break') request.socket.destroy();
        else if (this.behaviour === 'hold') this.held.push(answer);
        else answer();
      });
    });
    server.on('connection', (socket) => {
      this.sockets.add(socket);
      socket.once('close', () => this.sockets.delete(socket));
    });
    await new Promise<void>((listening, failed) => {
      server.once('error', failed).listen(this.lastPort, '127.0.0.1', listening);
    });
    this.lastPort = (server.address() as AddressInfo).port;
    this.server = server;
  }

  get heldCount(): number {
    return this.held.length;
  }

  release(): void {
    for (const answer of this.held.splice(0)) answer();
  }

  /** As a killed process: nothing listens, every connection is gone. */
  async stop(): Promise<void> {
    const server = this.server;
    if (server === undefined) return;
    this.server = undefined;
    const closed = new Promise((done) => server.close(done));
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }
}
