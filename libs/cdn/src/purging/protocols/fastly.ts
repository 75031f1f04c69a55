import type { PurgeAddress, PurgeProtocol } from './purge-protocol.js';

/** https://www.fastly.com/documentation/reference/api/purging/: instant, not soft, so nothing stale is served after it. */
export const fastly: PurgeProtocol = {
  maxTags: 256,
  maxLength: 4_000,
  tags: ({ url, token }, tags) => ({
    method: 'POST',
    url: `${url}/purge`,
    headers: { ...key(token), 'surrogate-key': tags.join(' ') },
  }),
  everything: ({ url, token }) => ({
    method: 'POST',
    url: `${url}/purge_all`,
    headers: key(token),
  }),
};

function key(token: PurgeAddress['token']): Readonly<Record<string, string>> {
  return token === undefined ? {} : { 'fastly-key': token };
}
