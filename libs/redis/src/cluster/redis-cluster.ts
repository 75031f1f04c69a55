import type { Redis, RedisOptions } from 'ioredis';
import type { ClusterRedis } from '#libs/config';
import { addressOf, ClusterView, type ClusterNode } from './cluster-view.js';
import { ClusterMap } from './cluster-map.js';
import { hashSlot } from './hash-slot.js';
import { homeConnector } from './home-connector.js';
import { NodeClients } from './node-clients.js';

export interface NodeReport {
  /** `host:port`. */
  readonly address: string;
  readonly node: ClusterNode;
  /** What it answers to INFO; undefined: nothing, within a second. */
  readonly info: string | undefined;
}

export interface ClusterReport {
  readonly nodes: readonly NodeReport[];
  /** Slots that nobody has. */
  readonly missingSlots: number;
}

const REFUSED_AS_NOT_OWN = /^(?:MOVED|CLUSTERDOWN) /;

/** A Redis Cluster as this process sees it: who has what, and how each node is. */
export class RedisCluster {
  private readonly map: ClusterMap;
  private readonly clients: NodeClients;

  /** `options`: how a node is asked about itself. */
  constructor(url: ClusterRedis, options: RedisOptions) {
    this.clients = new NodeClients(options);
    this.map = new ClusterMap({
      seeds: url.nodes,
      ask: (node) =>
        this.clients.ask(node, async (client) => {
          const [state, slots] = await Promise.all([
            client.cluster('INFO'),
            client.cluster('SLOTS'),
          ]);
          if (!state.includes('cluster_state:ok')) {
            throw new Error(`${addressOf(node)} says that the cluster is not in order`);
          }
          return ClusterView.of(slots, node);
        }),
      onLearned: (view) => this.clients.keepOnly([...url.nodes, ...view.nodes()]),
    });
  }

  start(): void {
    this.map.start();
  }

  close(): void {
    this.map.stop();
    this.clients.close();
  }

  /** What makes an ordinary client one of the node that has the slot of `name`, wherever that goes. */
  atHomeOf(
    name: string,
    { reconnectOnError }: Pick<RedisOptions, 'reconnectOnError'>,
  ): Pick<RedisOptions, 'Connector' | 'reconnectOnError'> {
    return {
      Connector: homeConnector(this.map, hashSlot(name)),
      reconnectOnError: (error) => {
        // The connection stays until it is known where to go: otherwise a storm of refusals were one of connections.
        if (REFUSED_AS_NOT_OWN.test(error.message)) this.map.refreshSoon();
        return reconnectOnError?.(error) ?? false;
      },
    };
  }

  /** The address of the node that has the slot of `name`, as far as it is known. */
  homeOf(name: string): string | undefined {
    const owner = this.map.view?.ownerOf(hashSlot(name));
    return owner === undefined ? undefined : addressOf(owner);
  }

  /** Asks every node; takes a few seconds at most. Throws when no node says that the cluster is in order. */
  async examine(): Promise<ClusterReport> {
    await this.map.refresh();
    const { view, lastProblem } = this.map;
    if (view === undefined || lastProblem !== undefined) {
      throw new Error(lastProblem ?? 'no node has been asked');
    }
    return { nodes: await this.infos(view), missingSlots: view.missingSlots };
  }

  /** What every node that is known says of itself; takes a second at most. */
  infos(view = this.map.view): Promise<readonly NodeReport[]> {
    const asking = (view?.nodes() ?? []).map(async (node) => ({
      address: addressOf(node),
      node,
      info: await this.clients.ask(node, infoOf).catch(() => undefined),
    }));
    return Promise.all(asking);
  }
}

function infoOf(client: Redis): Promise<string> {
  return client.info();
}
