import { bearer } from './bearer.js';
import type { PurgeAddress, PurgeProtocol, PurgeRequest } from './purge-protocol.js';

/** https://developers.cloudflare.com/api/resources/cache/methods/purge/ */
export const cloudflare: PurgeProtocol = {
  maxTags: 30,
  maxLength: 60_000,
  tags: (address, tags) => post(address, { tags }),
  everything: (address) => post(address, { purge_everything: true }),
  isDone: (body) => {
    try {
      return (JSON.parse(body) as { success?: unknown } | null)?.success === true;
    } catch {
      return false; // No answer of this API.
    }
  },
};

function post({ url, token }: PurgeAddress, content: object): PurgeRequest {
  return {
    method: 'POST',
    url: `${url}/purge_cache`,
    headers: { ...bearer(token), 'content-type': 'application/json' },
    body: JSON.stringify(content),
  };
}
