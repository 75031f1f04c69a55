import { connect, createServer, type Server, type Socket } from 'node:net';
import { ProxyLane } from './proxy-lane.js';

export interface TcpProxyOptions {
  readonly targetPort: number;
  readonly targetHost?: string;
}

export type Direction = 'to-server' | 'to-client' | 'both';

interface Link {
  readonly client: Socket;
  readonly server: Socket;
  readonly toServer: ProxyLane;
  readonly toClient: ProxyLane;
}

/**
 * A TCP proxy on 127.0.0.1 that a test breaks on purpose. What it holds back is delivered later, in order and complete, as a network
 * that recovers does; only `cut` loses something.
 */
export class TcpProxy {
  private readonly links = new Set<Link>();
  private frozen: ReadonlySet<Direction> = new Set();
  private delayMs = 0;
  private isRefusing = false;

  private constructor(
    private readonly listener: Server,
    readonly port: number,
    private target: TcpProxyOptions,
  ) {
    listener.on('connection', (client) => this.accept(client));
  }

  /** Resolves when it listens, on a free port, and forwards. */
  static start(options: TcpProxyOptions): Promise<TcpProxy> {
    return new Promise((resolve, reject) => {
      // Half-open connections pass through as such: the end of one direction isn't the end of the other.
      const listener = createServer({ allowHalfOpen: true });
      listener.once('error', reject);
      listener.listen({ port: 0, host: '127.0.0.1' }, () => {
        const address = listener.address();
        const port = address !== null && typeof address === 'object' ? address.port : 0;
        resolve(new TcpProxy(listener, port, options));
      });
    });
  }

  get connections(): number {
    return this.links.size;
  }

  /** Stops forwarding without closing anything: neither side learns of it. New connections are accepted and stay silent too. */
  freeze(direction: Direction = 'both'): void {
    this.frozen = new Set([...this.frozen, direction]);
    this.applyToAll();
  }

  /** Every chunk from now on arrives this much later. */
  delay(ms: number): void {
    this.delayMs = ms;
    this.applyToAll();
  }

  /** Resets every connection, and refuses new ones until `forward` unless `refuse` is false. */
  cut({ refuse = true }: { readonly refuse?: boolean } = {}): void {
    this.isRefusing = refuse;
    for (const { client, server } of this.links) {
      client.resetAndDestroy();
      server.resetAndDestroy();
    }
  }

  /** New connections go elsewhere, as behind an address that has moved; those that exist stay where they are. */
  retarget(target: TcpProxyOptions): void {
    this.target = target;
  }

  /** Ends every fault; what was held back is delivered. */
  forward(): void {
    this.frozen = new Set();
    this.delayMs = 0;
    this.isRefusing = false;
    this.applyToAll();
  }

  async stop(): Promise<void> {
    this.cut();
    await new Promise<void>((resolve) => this.listener.close(() => resolve()));
  }

  private accept(client: Socket): void {
    if (this.isRefusing) {
      client.on('error', () => undefined);
      client.resetAndDestroy();
      return;
    }
    const { targetPort: port, targetHost: host = '127.0.0.1' } = this.target;
    const server = connect({ port, host, allowHalfOpen: true, noDelay: true });
    client.setNoDelay(true);
    const link: Link = {
      client,
      server,
      toServer: new ProxyLane(client, server),
      toClient: new ProxyLane(server, client),
    };
    this.links.add(link);
    this.apply(link);
    for (const [socket, other] of [
      [client, server],
      [server, client],
    ] as const) {
      // The error is passed on as what it was: the loss of the connection.
      socket.on('error', () => other.resetAndDestroy());
      socket.on('close', () => {
        if (client.destroyed && server.destroyed) this.links.delete(link);
      });
    }
  }

  private applyToAll(): void {
    for (const link of this.links) this.apply(link);
  }

  private apply({ toServer, toClient }: Link): void {
    toServer.set({ isFrozen: this.isFrozen('to-server'), delayMs: this.delayMs });
    toClient.set({ isFrozen: this.isFrozen('to-client'), delayMs: this.delayMs });
  }

  private isFrozen(direction: Direction): boolean {
    return this.frozen.has(direction) || this.frozen.has('both');
  }
}
