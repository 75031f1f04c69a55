/** Where a shared cache takes purges: without a slash at the end, a login, a query or a fragment. */
export type PurgeUrl = string;

/** Reads one of CDN_PURGE_URL. Throws an Error that repeats nothing of the text: it may hold a key by mistake. */
export function parsePurgeUrl(text: string): PurgeUrl {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new Error('must look like https://api.example/service/abc or http://127.0.0.1:6081');
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw new Error('must have no login, query or fragment; the key belongs into CDN_PURGE_TOKEN');
  }
  return url.href.replace(/\/+$/, '');
}
