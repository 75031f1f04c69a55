import { z } from 'zod';
import { deferred, type Deferred, newId, withDeadline } from '#libs/kernel';
import {
  type AnnouncementSeal,
  type CoherentCache,
  type Inspection,
  inspectionSchema,
  type PublishingConnection,
  type SubscribingConnection,
} from '#libs/cache';
import { fleetErrors } from '../fleet.errors.js';

export interface FleetInspectorOptions {
  readonly replicaId: string;
  readonly publisher: PublishingConnection;
  /** Shared with the backplane. */
  readonly subscriber: SubscribingConnection;
  /** The channel that only one replica listens to. */
  readonly channelOf: (replicaId: string) => string;
  readonly cache: Pick<CoherentCache, 'inspect'>;
  /** Questions and answers of this installation carry it; others are not heard. */
  readonly seal: Pick<AnnouncementSeal, 'seal' | 'open'>;
}

const ANSWER_TIMEOUT_MS = 1_000;

const messageSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('inspect'),
    id: z.string(),
    from: z.string(),
    region: z.string(),
    key: z.string(),
  }),
  z.object({ kind: z.literal('inspected'), id: z.string(), inspection: inspectionSchema }),
]);

type Message = z.infer<typeof messageSchema>;

/**
 * Shows what a replica holds under a key. Another replica is asked over Redis, because nothing else
 * reaches the memory of one particular process; it answers within a second or the question fails. Nothing
 * but this question depends on it.
 */
export class FleetInspector {
  private readonly asked = new Map<string, Deferred<Inspection>>();
  private readonly ownChannel: string;

  constructor(private readonly options: FleetInspectorOptions) {
    this.ownChannel = options.channelOf(options.replicaId);
  }

  start(): void {
    const { subscriber } = this.options;
    subscriber.on('message', this.onMessage);
    subscriber.on('ready', this.onReady);
    if (subscriber.status === 'ready') this.onReady();
  }

  stop(): void {
    const { subscriber } = this.options;
    subscriber.off('message', this.onMessage);
    subscriber.off('ready', this.onReady);
  }

  /** Throws `cache.replica-silent`. */
  async inspect(replicaId: string, region: string, key: string): Promise<Inspection> {
    if (replicaId === this.options.replicaId) return this.options.cache.inspect(region, key);
    const id = newId();
    const answer = deferred<Inspection>();
    this.asked.set(id, answer);
    try {
      const from = this.options.replicaId;
      const sent = this.send(replicaId, { kind: 'inspect', id, from, region, key });
      return await withDeadline(
        sent.then(() => answer.promise),
        ANSWER_TIMEOUT_MS,
        'another replica',
      );
    } catch (cause) {
      throw fleetErrors.replicaSilent({ cause, retryAfterSeconds: 1, details: { replicaId } });
    } finally {
      this.asked.delete(id);
    }
  }

  private readonly onReady = (): void => {
    // When the connection goes, its next `ready` tries again.
    this.options.subscriber.subscribe(this.ownChannel).catch(() => undefined);
  };

  private readonly onMessage = (channel: string, text: string): void => {
    if (channel !== this.ownChannel) return;
    const opened = this.options.seal.open(text);
    const message = opened.kind === 'message' ? readMessage(opened.body) : undefined;
    if (message?.kind === 'inspected') this.asked.get(message.id)?.resolve(message.inspection);
    if (message?.kind !== 'inspect') return;
    const { id, from, region, key } = message;
    const inspection = this.options.cache.inspect(region, key);
    // Who asked finds out by itself when the answer does not come.
    this.send(from, { kind: 'inspected', id, inspection }).catch(() => undefined);
  };

  private async send(replicaId: string, message: Message): Promise<void> {
    const { publisher, channelOf, seal } = this.options;
    await publisher.publish(channelOf(replicaId), seal.seal(JSON.stringify(message)));
  }
}

/** undefined for what a replica of another version says. */
function readMessage(text: string): Message | undefined {
  try {
    return messageSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined; // Not JSON.
  }
}
