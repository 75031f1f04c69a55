import type { CdnPurging } from '#libs/config';
import { cdnErrors } from '../cdn.errors.js';
import { encodeTag } from '../tag-header.js';
import {
  purgeProtocols,
  type PurgeAddress,
  type PurgeProtocol,
  type PurgeRequest,
} from './protocols/purge-protocol.js';

/** As much of an answer is read. */
const MAX_ANSWER_BYTES = 64 * 1024;

/** Purges one shared cache over its API. */
export class PurgeClient {
  /** The host, for logs and metrics. */
  readonly target: string;
  private readonly address: PurgeAddress;
  private readonly protocol: PurgeProtocol;
  private readonly timeoutMs: number;

  constructor(
    readonly url: string,
    { provider, token, timeoutMs }: CdnPurging,
  ) {
    this.target = new URL(url).host;
    this.address = { url, token };
    this.protocol = purgeProtocols[provider];
    this.timeoutMs = timeoutMs;
  }

  /**
   * Resolves when the cache has confirmed that nothing of these tags is left in it; undefined: nothing at all.
   * Throws `cdn.purge-failed`, which says nothing of the request.
   */
  async purge(tags: readonly string[] | undefined, signal: AbortSignal): Promise<void> {
    const { protocol, address } = this;
    const requests =
      tags === undefined
        ? [protocol.everything(address)]
        : shares(tags.map(encodeTag), protocol).map((share) => protocol.tags(address, share));
    for (const request of requests) await this.send(request, signal);
  }

  private async send({ url, ...init }: PurgeRequest, signal: AbortSignal): Promise<void> {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(this.timeoutMs)]);
    // A redirect would take the key to somebody else.
    const answered = await fetch(url, { ...init, redirect: 'manual', signal: limit })
      .then(async (response) => ({ response, body: await textOf(response) }))
      .catch((error: unknown) => {
        throw this.failure(String((error as { name?: unknown } | null)?.name));
      });
    const { response, body } = answered;
    const isDone = response.ok && (this.protocol.isDone?.(body) ?? true);
    if (!isDone) throw this.failure(String(response.status), response.headers.get('retry-after'));
  }

  private failure(reason: string, retryAfter: string | null = null): Error {
    const seconds = Number(retryAfter ?? '');
    return cdnErrors.purgeFailed({
      details: { target: this.target, reason },
      ...(seconds > 0 ? { retryAfterSeconds: seconds } : {}),
    });
  }
}

/** What one request takes at a time. A tag that is longer than that is in no header of an answer. */
function shares(
  tags: readonly string[],
  { maxTags, maxLength }: Pick<PurgeProtocol, 'maxTags' | 'maxLength'>,
): string[][] {
  const all: string[][] = [];
  let length = Infinity;
  for (const tag of tags) {
    if (tag.length > maxLength) continue;
    length += tag.length + 1;
    if (length > maxLength || (all.at(-1)?.length ?? 0) >= maxTags) {
      all.push([]);
      length = tag.length + 1;
    }
    all.at(-1)?.push(tag);
  }
  return all;
}

async function textOf(response: Response): Promise<string> {
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk).toString();
    if (text.length > MAX_ANSWER_BYTES) break;
  }
  return text;
}
