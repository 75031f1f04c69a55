import { Redis, type RedisOptions } from 'ioredis';
import type { RedisEndpoint } from '#libs/config';
import { withDeadline } from '#libs/kernel';
import { addressOf } from './cluster-view.js';

/** Less than a reading of metrics waits for what is asked then. */
const ASK_TIMEOUT_MS = 750;

/**
 * A connection to each node of a cluster that is asked about itself, opened with the first question and kept until
 * one fails.
 */
export class NodeClients {
  private readonly clients = new Map<string, Redis>();
  private isClosed = false;

  constructor(private readonly options: RedisOptions) {}

  /** Settles within a second; after {@link close} it fails at once. */
  async ask<T>(node: RedisEndpoint, question: (client: Redis) => Promise<T>): Promise<T> {
    if (this.isClosed) throw new Error('the connections to nodes are closed');
    const client = this.clientOf(node);
    let reason: unknown;
    const onError = (error: Error): void => void (reason = error);
    client.on('error', onError);
    try {
      return await withDeadline(question(client), ASK_TIMEOUT_MS, `node ${addressOf(node)}`);
    } catch (error) {
      this.drop(addressOf(node), client);
      // What a command fails with says only that the connection has gone.
      throw reason ?? error;
    } finally {
      client.off('error', onError);
    }
  }

  /** Lets go of nodes that are no longer there. */
  keepOnly(nodes: readonly RedisEndpoint[]): void {
    const kept = new Set(nodes.map(addressOf));
    for (const [address, client] of this.clients)
      if (!kept.has(address)) this.drop(address, client);
  }

  close(): void {
    this.isClosed = true;
    for (const [address, client] of this.clients) this.drop(address, client);
  }

  private clientOf(node: RedisEndpoint): Redis {
    const address = addressOf(node);
    const known = this.clients.get(address);
    if (known !== undefined) return known;
    const client = new Redis({ ...this.options, host: node.host, port: node.port });
    // Without a listener an error would end the process; whoever asks is told.
    client.on('error', () => undefined);
    client.once('end', () => this.drop(address, client));
    this.clients.set(address, client);
    return client;
  }

  private drop(address: string, client: Redis): void {
    if (this.clients.get(address) === client) this.clients.delete(address);
    client.disconnect();
  }
}
