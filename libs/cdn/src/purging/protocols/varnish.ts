import { bearer } from './bearer.js';
import type { PurgeAddress, PurgeProtocol, PurgeRequest } from './purge-protocol.js';

/** Varnish takes headers of 8 KiB. */
const LIMITS = { maxTags: 100, maxLength: 4_000 };

/** For docker/varnish/xkey.vcl: an index of keys, of the collection varnish-modules. */
export const varnishXkey: PurgeProtocol = {
  ...LIMITS,
  tags: (address, tags) => order(address, { 'xkey-purge': tags.join(' ') }),
  everything: (address) => order(address, { 'lockstep-ban': '.' }),
};

/**
 * For docker/varnish/ban.vcl, which needs no module but its own: a pattern that the list of tags is compared with. There is
 * neither a space nor a quote in it, because it becomes a word of a ban.
 */
export const varnishBan: PurgeProtocol = {
  ...LIMITS,
  tags: (address, tags) => {
    const names = tags.map((tag) => tag.replaceAll('.', '[.]')).join('|');
    return order(address, { 'lockstep-ban': `(^|[^!-~])(${names})([^!-~]|$)` });
  },
  everything: (address) => varnishXkey.everything(address),
};

function order(
  { url, token }: PurgeAddress,
  headers: Readonly<Record<string, string>>,
): PurgeRequest {
  return { method: 'PURGE', url, headers: { ...bearer(token), ...headers } };
}
