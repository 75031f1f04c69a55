import { bearer } from './bearer.js';
import type { PurgeAddress, PurgeProtocol, PurgeRequest } from './purge-protocol.js';

/** For what speaks none of the others: `{"tags": [...]}` or `{"everything": true}`, answered with 2xx when it is purged. */
export const webhook: PurgeProtocol = {
  maxTags: 1_000,
  maxLength: 60_000,
  tags: (address, tags) => post(address, { tags }),
  everything: (address) => post(address, { everything: true }),
};

function post({ url, token }: PurgeAddress, content: object): PurgeRequest {
  return {
    method: 'POST',
    url,
    headers: { ...bearer(token), 'content-type': 'application/json' },
    body: JSON.stringify(content),
  };
}
