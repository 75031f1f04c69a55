import type {
  LogExcerpt,
  LogSource,
} from '../../../../libs/cache/src/core/following/log-source.js';
import type { OpenRequests } from './open-requests.js';

/** The log of a database that was empty when the process started. A page is one statement here. */
export class RequestedLogSource implements LogSource {
  constructor(private readonly requests: OpenRequests) {}

  async readAfter(after: number): Promise<LogExcerpt> {
    const sight = await this.requests.send({ kind: 'log', after });
    if (sight?.kind !== 'log') throw new Error('not an answer of the log');
    return sight.excerpt;
  }

  settledPosition(): Promise<number> {
    return Promise.resolve(0);
  }
}
