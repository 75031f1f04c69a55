/** Where the API of the card provider answers. */
export interface CardApiUrl {
  readonly protocol: 'http' | 'https';
  readonly host: string;
  readonly port: number;
}

/** Reads CARD_API_URL. Throws an Error that says what is wrong. */
export function parseCardApiUrl(text: string): CardApiUrl {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isPlain = url?.pathname === '/' && url.search === '' && url.hash === '';
  if (url === undefined || !/^https?:$/.test(url.protocol) || !isPlain || url.username !== '') {
    throw new Error('must look like https://api.example or http://127.0.0.1:8080');
  }
  const protocol = url.protocol === 'http:' ? 'http' : 'https';
  const usual = protocol === 'http' ? 80 : 443;
  return { protocol, host: url.hostname, port: url.port === '' ? usual : Number(url.port) };
}

/** Makes a reader of keys that begin with one of the prefixes. What it throws does not repeat the text. */
export function parseKeyOf(what: string, prefixes: readonly string[]): (text: string) => string {
  return (text) => {
    const isKey = /^[A-Za-z0-9_]{8,255}$/.test(text);
    if (!isKey || !prefixes.some((prefix) => text.startsWith(prefix))) {
      throw new Error(`must be ${what}`);
    }
    return text;
  };
}
