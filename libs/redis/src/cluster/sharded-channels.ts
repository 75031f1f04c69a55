import type { Redis } from 'ioredis';

/**
 * Pub/sub in the words of ordinary pub/sub whose messages stay with the shard that has the slot of their channel. Ordinary ones go to
 * every node of a cluster, whoever listens there. All channels of one client must be in one slot.
 */
export class ShardedPublisher {
  constructor(private readonly client: Redis) {}

  get status(): string {
    return this.client.status;
  }

  publish(channel: string, text: string): Promise<unknown> {
    return this.client.spublish(channel, text);
  }

  disconnect(reconnect: boolean): void {
    this.client.disconnect(reconnect);
  }
}

type MessageListener = (channel: string, text: string) => void;
type StateListener = () => void;

/** The listening side; it is subscribed again to what it was when its connection is made anew. */
export class ShardedSubscriber {
  constructor(private readonly client: Redis) {}

  get status(): string {
    return this.client.status;
  }

  on(event: 'message', listener: MessageListener): unknown;
  on(event: 'ready' | 'close', listener: StateListener): unknown;
  on(event: 'message' | 'ready' | 'close', listener: MessageListener & StateListener): unknown {
    return this.client.on(sharded(event), listener);
  }

  off(event: 'message', listener: MessageListener): unknown;
  off(event: 'ready' | 'close', listener: StateListener): unknown;
  off(event: 'message' | 'ready' | 'close', listener: MessageListener & StateListener): unknown {
    return this.client.off(sharded(event), listener);
  }

  subscribe(...channels: string[]): Promise<unknown> {
    return this.client.ssubscribe(...channels);
  }

  disconnect(reconnect: boolean): void {
    this.client.disconnect(reconnect);
  }
}

function sharded(event: string): string {
  return event === 'message' ? 'smessage' : event;
}
