import { parseDatabaseNumber, parseEndpoint, type RedisEndpoint } from './redis-endpoint.js';
import type { RedisUrl } from './redis-url.js';

/** Options that steer the .NET client only; connection strings copied from a portal carry them. */
const CLIENT_ONLY = new Set(
  (
    'abortConnect allowAdmin asyncTimeout channelPrefix checkCertificateRevocation configChannel ' +
    'connectRetry connectTimeout keepAlive name resolveDns responseTimeout sslProtocols ' +
    'syncTimeout tiebreaker version'
  )
    .toLowerCase()
    .split(' '),
);

/**
 * Reads the comma form: `host:6380,password=...,ssl=True,abortConnect=False`; several hosts with
 * `serviceName=` are Sentinels.
 * Throws an Error whose message lists every problem and repeats no secret.
 */
export function parseAzureRedis(text: string): RedisUrl {
  const problems: string[] = [];
  const items = text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
  const hosts = items.filter((item) => !item.includes('='));
  const options = readOptions(items, problems);

  const tls = readFlag(options, 'ssl', problems);
  const group = options.get('servicename');
  const username = options.get('user');
  const password = options.get('password');
  const endpoints = hosts.map((host) => parseEndpoint(host, undefined, problems));
  const login = {
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    database: parseDatabaseNumber(options.get('defaultdatabase') ?? '0', problems),
    tls,
  };
  const result = compose(endpoints, group, login, problems);
  if (problems.length > 0) throw new Error(problems.join('; '));
  return result;
}

function compose(
  endpoints: readonly RedisEndpoint[],
  group: string | undefined,
  login: Pick<RedisUrl, 'username' | 'password' | 'database' | 'tls'>,
  problems: string[],
): RedisUrl {
  const [first = { host: '', port: 0 }] = endpoints;
  if (endpoints.length === 0) problems.push('names no host');
  if (group !== undefined) return { kind: 'sentinel', sentinels: endpoints, group, ...login };
  if (endpoints.length > 1) problems.push('several hosts need serviceName= (Sentinel)');
  return { kind: 'standalone', ...first, ...login };
}

function readOptions(items: readonly string[], problems: string[]): Map<string, string> {
  const known = new Set(['ssl', 'servicename', 'user', 'password', 'defaultdatabase']);
  const options = new Map<string, string>();
  for (const item of items) {
    // Only the first "=" separates: access keys are base64 and end with one.
    const separator = item.indexOf('=');
    if (separator === -1) continue;
    const name = item.slice(0, separator).toLowerCase();
    if (known.has(name)) options.set(name, item.slice(separator + 1));
    else if (!CLIENT_ONLY.has(name)) problems.push(`has an unknown option: ${name}`);
  }
  return options;
}

function readFlag(options: ReadonlyMap<string, string>, name: string, problems: string[]): boolean {
  const text = (options.get(name) ?? 'false').toLowerCase();
  if (text !== 'true' && text !== 'false') problems.push(`option ${name} must be True or False`);
  return text === 'true';
}
