import type { PushSocket } from '../sockets/push-server.js';
import type { Watch } from './watch-registry.js';

type Transport = PushSocket['conn']['transport'];

/** One connection: what it watches, and whether it takes what it is sent. */
export class WatchingClient {
  watches: readonly Watch[] = [];
  /** Settles when the last request before the next one was answered. Never rejects. */
  answered: Promise<void> = Promise.resolve();
  private stuck: { readonly transport: Transport; readonly sinceMs: number } | undefined;

  constructor(readonly socket: PushSocket) {}

  /**
   * For how long it has been seen not to take what it was sent; undefined: it takes it. It has taken
   * something as soon as its transport is ready for more, whether or not anybody looked just then.
   */
  stuckForMs(nowMs: number): number | undefined {
    const { transport } = this.socket.conn;
    if (transport.writable) {
      this.stuck = undefined;
      return undefined;
    }
    if (this.stuck?.transport !== transport) {
      const stuck = { transport, sinceMs: nowMs };
      this.stuck = stuck;
      transport.once('ready', () => {
        if (this.stuck === stuck) this.stuck = undefined;
      });
    }
    return nowMs - this.stuck.sinceMs;
  }
}
