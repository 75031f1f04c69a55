import type { IncomingMessage } from 'node:http';

const SECRET_PARAMETER = /(token|auth|key|secret|session|password)/i;

/** Why a connection is refused before a token is looked at; undefined when it is not. */
export function refusalOf(
  request: Pick<IncomingMessage, 'url' | 'headers'>,
  allowedOrigins: readonly string[],
): string | undefined {
  const { origin, host } = request.headers;
  if (origin !== undefined && !isAllowedOrigin(origin, host, allowedOrigins)) {
    return 'The origin is not allowed';
  }
  const url = new URL(request.url ?? '/', 'http://localhost');
  // URLs end up in logs of proxies; a token there is as good as published.
  const hasSecret = [...url.searchParams.keys()].some((name) => SECRET_PARAMETER.test(name));
  return hasSecret ? 'A token belongs into the handshake, not into the URL' : undefined;
}

/** Browsers name the origin of a page; CORS alone does not cover WebSockets. */
function isAllowedOrigin(
  origin: string,
  host: string | undefined,
  allowed: readonly string[],
): boolean {
  if (allowed.includes('*') || allowed.includes(origin.toLowerCase())) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}
