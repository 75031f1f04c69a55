import type { JsonObject } from '#libs/kernel';
import type { NoteDelivery } from '../sockets/carried-trace.js';
import type { PushSocket } from '../sockets/push-server.js';
import type { LiveWish } from './live-source.js';
import { WatchingClient } from './watching-client.js';

/** What one client watches, and what it knows of it. */
export interface Watch extends LiveWish {
  readonly client: WatchingClient;
  /** As it was when it was last looked at. */
  seen: JsonObject | undefined;
  /** What of that the client knows, as text, so that it is compared. */
  told: string | undefined;
  /** The first answer is on its way: until then nothing else is told of it. */
  isAnswering: boolean;
  /** Of the trace that touched it, until the client is told of it. */
  noteDelivery: NoteDelivery | undefined;
}

/** Who watches what, by client and by topic. Of a client that watches nothing it keeps nothing alive. */
export class WatchRegistry {
  private readonly clients = new WeakMap<PushSocket, WatchingClient>();
  private readonly watches = new Set<Watch>();
  private readonly byTopic = new Map<string, Set<Watch>>();

  get size(): number {
    return this.watches.size;
  }

  clientOf(socket: PushSocket): WatchingClient {
    const known = this.clients.get(socket);
    if (known !== undefined) return known;
    const client = new WatchingClient(socket);
    this.clients.set(socket, client);
    return client;
  }

  replace(client: WatchingClient, watches: readonly Watch[]): void {
    for (const watch of client.watches) this.unindex(watch);
    client.watches = watches;
    for (const watch of watches) {
      this.watches.add(watch);
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

  all(): Iterable<Watch> {
    return this.watches;
  }

  private unindex(watch: Watch): void {
    this.watches.delete(watch);
    for (const topic of watch.topics) {
      const watching = this.byTopic.get(topic);
      watching?.delete(watch);
      if (watching?.size === 0) this.byTopic.delete(topic);
    }
  }
}
