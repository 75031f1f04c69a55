import type {
  Backplane,
  BackplaneListener,
  BackplaneState,
} from '../../../../libs/cache/src/core/publishing/backplane.js';
import type { OpenRequests } from './open-requests.js';

/** The fast path, as far as it reaches into the process: what it publishes is a request like any other. */
export class RequestedBackplane implements Backplane {
  readonly state: BackplaneState = 'connected';
  private listener: BackplaneListener | undefined;

  constructor(
    private readonly requests: OpenRequests,
    private readonly onPublish: (text: string) => void,
  ) {}

  start(listener: BackplaneListener): void {
    this.listener = listener;
  }

  async publish(text: string): Promise<void> {
    this.onPublish(text);
    await this.requests.send({ kind: 'publish', text });
  }

  stop(): Promise<void> {
    return Promise.resolve();
  }

  hear(text: string): void {
    this.listener?.message(text);
  }

  /** The subscription was made anew: the replica follows the log. */
  reconnected(): void {
    this.listener?.stateChanged('connected');
  }
}
