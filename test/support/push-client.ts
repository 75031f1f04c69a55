import { io, type Socket } from 'socket.io-client';
import type { PushEvents, WatchAnswer, WatchedThing } from '#libs/push';

type Name = keyof PushEvents;
type Body<Event extends Name> = Parameters<PushEvents[Event]>[0];

/** Only ends what hangs. */
const LIMIT_MS = 60_000;

export interface RecordedEvent {
  readonly event: string;
  readonly body: unknown;
}

/** A connected client that remembers everything it was sent. */
export class PushClient {
  readonly events: RecordedEvent[] = [];
  disconnectReason: string | undefined;

  private constructor(private readonly socket: Socket) {
    socket.onAny((event: string, body: unknown) => this.events.push({ event, body }));
    socket.on('disconnect', (reason) => {
      this.disconnectReason = reason;
    });
  }

  /** Rejects with what the server says when it refuses the connection. */
  static async connect(
    url: string,
    auth: Readonly<Record<string, unknown>>,
    options: { readonly transport?: 'websocket' | 'polling'; readonly query?: object } = {},
  ): Promise<PushClient> {
    const socket = io(url, {
      auth,
      transports: [options.transport ?? 'websocket'],
      query: { ...options.query },
      forceNew: true,
      reconnection: false,
      timeout: LIMIT_MS,
    });
    const client = new PushClient(socket);
    try {
      await new Promise<void>((resolve, reject) => {
        socket.once('connect', resolve);
        socket.once('connect_error', reject);
      });
    } catch (error) {
      socket.disconnect();
      throw error;
    }
    return client;
  }

  get isConnected(): boolean {
    return this.socket.connected;
  }

  bodiesOf<Event extends Name>(event: Event): Body<Event>[] {
    return this.events
      .filter((each) => each.event === event)
      .map(({ body }) => body as Body<Event>);
  }

  send(event: string): void {
    this.socket.emit(event);
  }

  /** What a request to watch is answered with: the things, or the code of why not. */
  async watch(wanted: unknown): Promise<readonly WatchedThing[] | string> {
    const answer = (await this.socket
      .timeout(LIMIT_MS)
      .emitWithAck('watch', wanted)) as WatchAnswer;
    return 'error' in answer ? answer.error.code : answer.things;
  }

  /** What it was told of a thing, oldest first. */
  toldOf(id: string): WatchedThing['state'][] {
    return this.bodiesOf('changed')
      .flatMap(({ things }) => things)
      .filter((thing) => thing.id === id)
      .map(({ state }) => state);
  }

  close(): void {
    this.socket.disconnect();
  }
}
