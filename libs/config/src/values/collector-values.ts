/** Without a slash at the end, a login, a query or a fragment. */
export type CollectorUrl = string;

export type CollectorHeaders = Readonly<Record<string, string>>;

const HEADER_NAME = /^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/;
/** What a header may carry: visible characters, and spaces between them. */
const HEADER_VALUE = /^[!-~]([ -~]{0,4094}[!-~])?$/;

/** Reads OTEL_EXPORTER_OTLP_ENDPOINT. Throws an Error that repeats nothing of the text: it may hold a key by mistake. */
export function parseCollectorUrl(text: string): CollectorUrl {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new Error('must look like http://127.0.0.1:4318 or https://collector.example/path');
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw new Error(
      'must have no login, query or fragment; a key belongs into OTEL_EXPORTER_OTLP_HEADERS',
    );
  }
  return url.href.replace(/\/+$/, '');
}

/** Reads OTEL_EXPORTER_OTLP_HEADERS. Throws an Error that repeats nothing of the text. */
export function parseCollectorHeaders(text: string): CollectorHeaders {
  return Object.fromEntries(
    text.split(',').map((item, index) => {
      const at = item.indexOf('=');
      const name = item.slice(0, Math.max(at, 0)).trim();
      const value = decoded(item.slice(at + 1).trim());
      if (!HEADER_NAME.test(name) || value === undefined || !HEADER_VALUE.test(value)) {
        throw new Error(`its item ${index + 1} is not a header such as authorization=Bearer%20abc`);
      }
      return [name.toLowerCase(), value];
    }),
  );
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined; // A percent sign that begins no code: refused like any other bad value.
  }
}
