import { withDeadline } from '#libs/kernel';

interface Message {
  readonly id?: number;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly error?: { readonly message: string };
}

const ANSWERS_WITHIN_MS = 60_000;

/** Speaks to V8 or Chromium by their protocol for tools (the Chrome DevTools Protocol). */
export class DevtoolsSession implements Disposable {
  private readonly waiting = new Map<number, (message: Message) => void>();
  private lastId = 0;

  private constructor(private readonly socket: WebSocket) {
    socket.addEventListener('message', ({ data }) => {
      const message = JSON.parse(String(data)) as Message;
      // Events have no id.
      if (message.id !== undefined) this.waiting.get(message.id)?.(message);
    });
  }

  static async open(address: string): Promise<DevtoolsSession> {
    const socket = new WebSocket(address);
    const opened = new Promise<void>((resolve, reject) => {
      socket.addEventListener('open', () => resolve());
      socket.addEventListener('error', () => reject(new Error(`${address} cannot be reached`)));
    });
    await withDeadline(opened, ANSWERS_WITHIN_MS, `${address}: opening`);
    return new DevtoolsSession(socket);
  }

  /** `sessionId`: of a page that is attached to. Throws what is refused, and when no answer comes. */
  async send(
    method: string,
    params: object = {},
    sessionId?: string,
  ): Promise<Readonly<Record<string, unknown>>> {
    this.lastId += 1;
    const id = this.lastId;
    const answered = new Promise<Message>((resolve) => this.waiting.set(id, resolve));
    this.socket.send(JSON.stringify({ id, method, params, sessionId }));
    try {
      const { result, error } = await withDeadline(answered, ANSWERS_WITHIN_MS, method);
      if (error !== undefined) throw new Error(`${method}: ${error.message}`);
      return result ?? {};
    } finally {
      this.waiting.delete(id);
    }
  }

  /** What an expression is there. */
  async evaluate<T>(expression: string, sessionId?: string): Promise<T> {
    const params = { expression, returnByValue: true };
    const { result } = await this.send('Runtime.evaluate', params, sessionId);
    return (result as { readonly value: T }).value;
  }

  [Symbol.dispose](): void {
    this.socket.close();
  }
}
