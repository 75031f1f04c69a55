import type { JsonObject } from '#libs/kernel';
import type { PushSocket } from '../push-server.js';
import type { LiveWish } from './live-source.js';

/** What one client watches, and what it knows of it. */
export interface Watch extends LiveWish {
  readonly client: WatchingClient;
  /** As it was when it was last looked at. */
  seen: JsonObject | undefined;
  /** What of that the client knows, as text, so that it is compared. */
  told: string | undefined;
  /** The first answer is on its way: until then nothing else is told of it. */
  isAnswering: boolean;
}

export interface WatchingClient {
  readonly socket: PushSocket;
  watches: readonly Watch[];
  /** Since when it has not taken what it was sent; undefined: it has. */
  stuckSinceMs: number | undefined;
  /** Settles when the last request before the next one was answered. Never rejects. */
  answered: Promise<void>;
}

/** Who watches what, by client and by topic. */
export class WatchRegistry {
  private readonly clients = new Map<string, WatchingClient>();
  private readonly byTopic = new Map<string, Set<Watch>>();

  get size(): number {
    let count = 0;
    for (const { watches } of this.clients.values()) count += watches.length;
    return count;
  }

  /** As long as the socket is connected. */
  clientOf(socket: PushSocket): WatchingClient {
    const known = this.clients.get(socket.id);
    if (known !== undefined) return known;
    const client: WatchingClient = {
      socket,
      watches: [],
      stuckSinceMs: undefined,
      answered: Promise.resolve(),
    };
    this.clients.set(socket.id, client);
    return client;
  }

  forget(socketId: string): void {
    const client = this.clients.get(socketId);
    if (client !== undefined) this.release(client);
  }

  release(client: WatchingClient): void {
    this.replace(client, []);
    this.clients.delete(client.socket.id);
  }

  replace(client: WatchingClient, watches: readonly Watch[]): void {
    for (const watch of client.watches) this.unindex(watch);
    client.watches = watches;
    for (const watch of watches) {
      for (const topic of watch.topics) {
        const watching = this.byTopic.get(topic);
        if (watching === undefined) this.byTopic.set(topic, new Set([watch]));
        else watching.add(watch);
      }
    }
  }

  remove(watch: Watch): void {
    const { client } = watch;
    const others = client.watches.filter((each) => each !== watch);
    if (others.length < client.watches.length) this.replace(client, others);
  }

  has(watch: Watch): boolean {
    return watch.client.watches.includes(watch);
  }

  of(topic: string): Iterable<Watch> {
    return this.byTopic.get(topic) ?? [];
  }

  *all(): Iterable<Watch> {
    for (const { watches } of this.clients.values()) yield* watches;
  }

  private unindex(watch: Watch): void {
    for (const topic of watch.topics) {
      const watching = this.byTopic.get(topic);
      watching?.delete(watch);
      if (watching?.size === 0) this.byTopic.delete(topic);
    }
  }
}
