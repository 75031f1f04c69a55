import type { RedisEndpoint } from '#libs/config';
import { addressOf, type ClusterView } from './cluster-view.js';

export interface ClusterMapOptions {
  /** Where to ask first; the others are learned. */
  readonly seeds: readonly RedisEndpoint[];
  /** What a node says of the cluster, if it says that the cluster is in order. Settles within a second or so. */
  readonly ask: (node: RedisEndpoint) => Promise<ClusterView>;
  readonly onLearned?: (view: ClusterView) => void;
}

const ASK_EVERY_MS = 2_000;
/** However many commands are sent to a wrong node meanwhile, that is asked about once. */
const HINT_DELAY_MS = 50;

/**
 * Who has which slot of a Redis Cluster, asked of whichever node answers: every two seconds, before a connection is made,
 * and soon after a node has refused something as not its own.
 *
 * A node that does not say `cluster_state:ok` is not believed: one that was cut off from the others, or has just come
 * back, still takes itself for the master of what another has taken over.
 */
export class ClusterMap {
  private current: ClusterView | undefined;
  private preferred: RedisEndpoint | undefined;
  private underWay: Promise<void> | undefined;
  private readonly listeners = new Set<() => void>();
  private timer: NodeJS.Timeout | undefined;
  private hint: NodeJS.Timeout | undefined;
  private problem: string | undefined;

  constructor(private readonly options: ClusterMapOptions) {}

  /** What was learned last, however long ago; undefined: nothing yet. */
  get view(): ClusterView | undefined {
    return this.current;
  }

  /** Why the last question has found nobody who knows; undefined: it has. */
  get lastProblem(): string | undefined {
    return this.problem;
  }

  start(): void {
    this.timer = setInterval(() => void this.refresh(), ASK_EVERY_MS);
    this.timer.unref();
  }

  stop(): void {
    clearInterval(this.timer);
    clearTimeout(this.hint);
    this.listeners.clear();
  }

  /** Asks now, or waits for what is asked already; never rejects, and takes two seconds at most. */
  refresh(): Promise<void> {
    this.underWay ??= this.learn().finally(() => {
      this.underWay = undefined;
    });
    return this.underWay;
  }

  /** A node has refused a command as not its own. Any number of calls make one question. */
  refreshSoon(): void {
    if (this.hint !== undefined) return;
    this.hint = setTimeout(() => {
      this.hint = undefined;
      void this.refresh();
    }, HINT_DELAY_MS);
    this.hint.unref();
  }

  /** Calls back whenever something was learned; answers how to stop that. */
  onLearned(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  private async learn(): Promise<void> {
    try {
      const view = await this.askSomebody();
      this.current = view;
      this.problem = undefined;
      this.options.onLearned?.(view);
      for (const listener of [...this.listeners]) listener();
    } catch (error) {
      this.problem = describe(error);
    }
  }

  private async askSomebody(): Promise<ClusterView> {
    const { preferred } = this;
    if (preferred !== undefined) {
      try {
        return await this.options.ask(preferred);
      } catch {
        this.preferred = undefined; // The others are asked.
      }
    }
    return Promise.any(this.known().map((node) => this.askFirst(node)));
  }

  private async askFirst(node: RedisEndpoint): Promise<ClusterView> {
    const view = await this.options.ask(node);
    this.preferred ??= node;
    return view;
  }

  private known(): readonly RedisEndpoint[] {
    const nodes = [...this.options.seeds, ...(this.current?.nodes() ?? [])];
    return [...new Map(nodes.map((node) => [addressOf(node), node])).values()];
  }
}

function describe(error: unknown): string {
  const errors: unknown[] = error instanceof AggregateError ? error.errors : [error];
  const messages = errors.map((each) => (each instanceof Error ? each.message : String(each)));
  return [...new Set(messages)].join('; ');
}
