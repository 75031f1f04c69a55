import { EventEmitter } from 'node:events';
import type { JsonObject } from '#libs/kernel';
import type { LiveSource, LiveWish } from '../src/live/live-source.js';
import type { PushSocket } from '../src/sockets/push-server.js';

/** What a connection writes to; it says when it can take more, as those of Engine.IO do. */
class Transport extends EventEmitter {
  writable = true;

  take(): void {
    this.writable = true;
    this.emit('ready');
  }
}

/** A connection that keeps what it was sent. */
export class WatchingConnection {
  readonly told: JsonObject[][] = [];
  readonly transport = new Transport();
  connected = true;

  constructor(readonly id: string) {}

  get conn() {
    return { transport: this.transport };
  }

  emit(_event: string, { things }: { things: { state: JsonObject }[] }): void {
    this.told.push(things.map(({ state }) => state));
  }

  get socket(): PushSocket {
    return this as unknown as PushSocket;
  }
}

/** Things with a version each; an address is the id of a thing. */
export class WatchedThings {
  readonly versions = new Map<string, number>();
  looks = 0;
  failure: Error | undefined;
  before: () => Promise<void> = () => Promise.resolve();

  readonly source: LiveSource;

  constructor(
    readonly kind: string,
    isSwept: boolean,
  ) {
    this.source = { kind, isSwept, look: (ids) => this.look(ids as string[]) };
  }

  private async look(ids: readonly string[]): Promise<(JsonObject | undefined)[]> {
    this.looks += 1;
    const seen = ids.map((id) => this.versions.get(id));
    await this.before();
    if (this.failure !== undefined) throw this.failure;
    return seen.map((version) => (version === undefined ? undefined : { version }));
  }

  wish(id: string): LiveWish {
    const { source, kind } = this;
    return { source, id, address: id, topics: [`${kind}:${id}`] };
  }
}
