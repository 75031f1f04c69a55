export interface RedisEndpoint {
  readonly host: string;
  readonly port: number;
}

/** Reads `host`, `host:port`, `[v6]` or `[v6]:port`; without a default the port is required. */
export function parseEndpoint(
  text: string,
  defaultPort: number | undefined,
  problems: string[],
): RedisEndpoint {
  const match = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::(\d{1,5}))?$/i.exec(text.trim());
  const port = match?.[2] === undefined ? (defaultPort ?? 0) : Number(match[2]);
  if (match === null || port < 1 || port > 65_535) {
    problems.push('has a host that is not of the form host:port');
  }
  return { host: (match?.[1] ?? '').replace(/^\[|\]$/g, ''), port };
}

export function parseDatabaseNumber(text: string, problems: string[]): number {
  if (!/^\d{1,5}$/.test(text)) problems.push('the database must be a number');
  return Number(text);
}
