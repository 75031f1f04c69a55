import { createHmac, createSecretKey, timingSafeEqual, type KeyObject } from 'node:crypto';
import { delay } from '#libs/kernel';
import type { Redis } from '#libs/redis';

/** Told of everything on a channel or stream that was not sent by a replica of this installation. */
export type OnIgnored = (reason: 'unsealed' | 'unwanted' | 'unreadable') => void;

export interface SealedLinkOptions {
  /** In hex; known to the replicas of this installation alone. */
  readonly key: string;
  readonly onIgnored: OnIgnored;
}

type BufferListener = (...parameters: Buffer[]) => void;

const RETRY_MS = 500;
const CODE_BYTES = 16;
const CODE_FIELD = 'code';
/** `MessageType.BROADCAST` of socket.io-adapter: the one type this product sends. */
const BROADCAST = '3';

/**
 * Stands between the Socket.IO adapters and Redis. What they send gets an authentication code; what
 * arrives without it never reaches them: they decode whatever is published, throw out of the event
 * loop on what they cannot read, and obey requests to move or disconnect sockets. Of what is sealed only
 * broadcasts pass, so nothing that Redis says changes which rooms a socket is in.
 */
export class SealedLink {
  private readonly key: KeyObject;

  constructor(private readonly options: SealedLinkOptions) {
    this.key = createSecretKey(options.key, 'hex');
  }

  /** For publishing, to channels and to a stream. */
  publisher(client: Redis): Redis {
    return replacing(client, {
      publish: (channel: string, payload: Buffer | string) => {
        const bytes = Buffer.from(payload as Buffer);
        const code = this.code(channel, bytes);
        return client.publish(channel, Buffer.concat([code, bytes]));
      },
      // The adapter passes the parameters as one list.
      xadd: (parameters: readonly string[]) => {
        const fields = parameters.slice(parameters.indexOf('*') + 1);
        const code = this.code(String(parameters[0]), Buffer.from(JSON.stringify(fields)));
        return client.call('xadd', [...parameters, CODE_FIELD, code.toString('base64url')]);
      },
    });
  }

  /** For listening to channels: requests and answers of other replicas are none of what is used. */
  subscriber(client: Redis): Redis {
    const registered = new Map<BufferListener, BufferListener>();
    const listen = (event: string, listener: BufferListener): unknown => {
      const guarded = this.guarded(event, listener);
      if (guarded === undefined) return client.on(event, listener);
      registered.set(listener, guarded);
      return client.on(event, guarded);
    };
    return replacing(client, {
      on: listen,
      off: (event: string, listener: BufferListener) =>
        client.off(event, registered.get(listener) ?? listener),
    });
  }

  /** For reading a stream. */
  reader(client: Redis): Redis {
    return replacing(this.subscriber(client), {
      xread: async (...parameters: unknown[]) => {
        const answer = await this.read(client, parameters as string[]);
        return (
          answer?.map(([stream, entries]) => [
            stream,
            entries.map(([id, fields]) => [id, this.opened(stream, fields)]),
          ]) ?? null
        );
      },
    });
  }

  private async read(client: Redis, parameters: string[]): Promise<StreamAnswer | null> {
    try {
      return (await client.call('xread', parameters)) as StreamAnswer | null;
    } catch (error) {
      // The adapter asks again at once; under a key that holds something else it would do so for ever.
      await delay(RETRY_MS);
      throw error;
    }
  }

  private guarded(event: string, listener: BufferListener): BufferListener | undefined {
    if (event === 'messageBuffer') return () => this.options.onIgnored('unwanted');
    if (event !== 'pmessageBuffer') return undefined;
    return (pattern, channel, message) => {
      const bytes = message?.subarray(CODE_BYTES) ?? Buffer.alloc(0);
      const code = message?.subarray(0, CODE_BYTES);
      if (channel === undefined || !this.isCodeOf(code, channel.toString(), bytes)) {
        return this.options.onIgnored('unsealed');
      }
      try {
        listener(pattern, channel, bytes);
      } catch {
        // Sealed by another release, whose words this one does not know: a push is a hint.
        this.options.onIgnored('unreadable');
      }
    };
  }

  /** Without fields an entry is passed over by the adapter, and counts as read. */
  private opened(stream: string, fields: readonly string[]): readonly string[] {
    const at = fields.length - 2;
    const own = fields.slice(0, at);
    const code =
      fields[at] === CODE_FIELD ? Buffer.from(fields[at + 1] ?? '', 'base64url') : undefined;
    if (!this.isCodeOf(code, stream, Buffer.from(JSON.stringify(own)))) {
      this.options.onIgnored('unsealed');
      return [];
    }
    if (own[own.indexOf('type') + 1] === BROADCAST) return own;
    this.options.onIgnored('unwanted');
    return [];
  }

  private isCodeOf(code: Buffer | undefined, place: string, bytes: Buffer): boolean {
    return code?.length === CODE_BYTES && timingSafeEqual(code, this.code(place, bytes));
  }

  private code(place: string, bytes: Buffer): Buffer {
    return createHmac('sha256', this.key)
      .update(`push\n${place}\n`)
      .update(bytes)
      .digest()
      .subarray(0, CODE_BYTES);
  }
}

type StreamAnswer = readonly (readonly [
  string,
  readonly (readonly [string, readonly string[]])[],
])[];

/** The client, with some of its methods replaced. */
function replacing(client: Redis, methods: Readonly<Record<string, unknown>>): Redis {
  return new Proxy(client, {
    get(target, name) {
      if (typeof name === 'string' && name in methods) return methods[name];
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}
