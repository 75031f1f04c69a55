import { createConnection, isIP, Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { AbstractConnector, type RedisOptions } from 'ioredis';
import { addressOf } from './cluster-view.js';
import type { ClusterMap } from './cluster-map.js';

type Connector = NonNullable<RedisOptions['Connector']>;

/**
 * Connects an ordinary client to the node that has one slot, and ends the connection when the map says that
 * another one has it: the client then makes it anew, there. A copy of the client (`duplicate`) does the same.
 *
 * When nobody has the slot, or no node answers, the connection fails as one to a server that is away, and is tried
 * again as often.
 */
class HomeConnector extends AbstractConnector {
  constructor(
    private readonly options: RedisOptions,
    private readonly map: ClusterMap,
    private readonly slot: number,
  ) {
    super(options.disconnectTimeout ?? 0);
  }

  /** A node that has become a replica refuses what is written. */
  override check(info: { readonly role?: string } | null): boolean {
    return info?.role === undefined || info.role === 'master';
  }

  override async connect(): Promise<Socket> {
    this.connecting = true;
    delete this.firstError;
    await this.map.refresh();
    const owner = this.map.view?.ownerOf(this.slot);
    if (owner === undefined) {
      this.firstError = new Error(
        `no node of the cluster is known to have slot ${this.slot}${reasonOf(this.map)}`,
      );
    }
    // Never rejects: ioredis would not connect again, also when it was asked to.
    if (!this.connecting || owner === undefined) return new Socket().destroy();
    const { tls } = this.options;
    const stream =
      tls === undefined
        ? createConnection({ ...owner })
        : connectTls({
            ...(isIP(owner.host) === 0 ? { servername: owner.host } : {}),
            ...tls,
            ...owner,
          });
    this.stream = stream;
    const address = addressOf(owner);
    const stopListening = this.map.onLearned(() => {
      const present = this.map.view?.ownerOf(this.slot);
      if (present !== undefined && addressOf(present) !== address) stream.destroy();
    });
    stream.once('close', stopListening);
    stream.once('error', (error: Error) => {
      this.firstError = error;
    });
    return stream;
  }
}

/** A class, because a client makes its connector itself. */
export function homeConnector(map: ClusterMap, slot: number): Connector {
  return class extends HomeConnector {
    constructor(options: unknown) {
      super(options as RedisOptions, map, slot);
    }
  };
}

function reasonOf({ lastProblem }: ClusterMap): string {
  return lastProblem === undefined ? '' : `: ${lastProblem}`;
}
