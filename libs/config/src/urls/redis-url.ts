import { parseAzureRedis } from './azure-redis.js';
import { percentDecode } from './percent-decode.js';
import { parseDatabaseNumber, parseEndpoint, type RedisEndpoint } from './redis-endpoint.js';

interface RedisLogin {
  readonly username?: string;
  readonly password?: string;
  readonly database: number;
  readonly tls: boolean;
}

/** One server (or a proxy that looks like one). */
export interface StandaloneRedis extends RedisLogin, RedisEndpoint {
  readonly kind: 'standalone';
}

/** A group watched by Sentinels; the client follows the primary. */
export interface SentinelRedis extends RedisLogin {
  readonly kind: 'sentinel';
  readonly sentinels: readonly RedisEndpoint[];
  readonly group: string;
  readonly sentinelPassword?: string;
}

/** Nodes of a Redis Cluster; the others are learned from the one that answers. A cluster has one database, 0. */
export interface ClusterRedis extends RedisLogin {
  readonly kind: 'cluster';
  readonly nodes: readonly RedisEndpoint[];
}

export type RedisUrl = StandaloneRedis | SentinelRedis | ClusterRedis;

/** PEM texts, used where the address says TLS. */
export interface RedisTls {
  /** undefined: the authorities Node.js trusts. */
  readonly ca: string | undefined;
  /** What a replica shows of itself, with its key; both or neither. */
  readonly cert: string | undefined;
  readonly key: string | undefined;
}

const SCHEME = /^(rediss?)(\+sentinel|\+cluster)?:\/\/(.*)$/s;

/**
 * Reads REDIS_URL in any of its forms: `redis://`, `rediss://` (TLS), `redis+sentinel://`,
 * `redis+cluster://` (both with `rediss` too), or the comma form of Azure and StackExchange.Redis.
 * Throws an Error whose message lists every problem and repeats no secret.
 */
export function parseRedisUrl(text: string): RedisUrl {
  const match = SCHEME.exec(text);
  if (match === null) {
    if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) {
      throw new Error(
        'must start with redis://, rediss://, redis+sentinel://, redis+cluster:// or host:port,...',
      );
    }
    return parseAzureRedis(text);
  }
  const [, scheme, form, rest = ''] = match;
  const problems: string[] = [];
  const parts = splitUrl(rest, problems);
  const tls = scheme === 'rediss';
  const result = read(form, parts, tls, problems);
  if (problems.length > 0) throw new Error(problems.join('; '));
  return result;
}

function read(
  form: string | undefined,
  parts: UrlParts,
  tls: boolean,
  problems: string[],
): RedisUrl {
  switch (form) {
    case '+sentinel':
      return sentinelGroup(parts, tls, problems);
    case '+cluster':
      return cluster(parts, tls, problems);
    default:
      return standalone(parts, tls, problems);
  }
}

interface UrlParts {
  readonly username: string;
  readonly password: string;
  readonly hosts: string;
  readonly path: readonly string[];
  readonly query: URLSearchParams;
}

/** WHATWG URLs know one host only, and Sentinel lists have several: the parts are cut by hand. */
function splitUrl(rest: string, problems: string[]): UrlParts {
  const [beforeQuery, query] = cut(rest, rest.indexOf('?'));
  const [authority, path] = cut(beforeQuery, beforeQuery.indexOf('/'));
  const at = authority.lastIndexOf('@');
  const userInfo = at === -1 ? '' : authority.slice(0, at);
  const [username, password] = cut(userInfo, userInfo.indexOf(':'));
  return {
    username: percentDecode(username, 'user', problems),
    password: percentDecode(password, 'password', problems),
    hosts: authority.slice(at + 1),
    path: path.split('/').filter((segment) => segment !== ''),
    query: new URLSearchParams(query),
  };
}

function cut(text: string, index: number): readonly [string, string] {
  return index === -1 ? [text, ''] : [text.slice(0, index), text.slice(index + 1)];
}

function standalone(parts: UrlParts, tls: boolean, problems: string[]): StandaloneRedis {
  refuseParameters(parts.query, [], problems);
  if (parts.path.length > 1) problems.push('has more than a database number after the host');
  return {
    kind: 'standalone',
    ...parseEndpoint(parts.hosts, 6379, problems),
    ...login(parts, tls, parts.path[0], problems),
  };
}

function sentinelGroup(parts: UrlParts, tls: boolean, problems: string[]): SentinelRedis {
  refuseParameters(parts.query, ['sentinelPassword'], problems);
  const [group = '', database, ...more] = parts.path;
  if (group === '') problems.push('names no group: redis+sentinel://host1,host2/group');
  if (more.length > 0) problems.push('has more than /group/database after the hosts');
  const sentinelPassword = parts.query.get('sentinelPassword');
  return {
    kind: 'sentinel',
    sentinels: parts.hosts.split(',').map((host) => parseEndpoint(host, 26_379, problems)),
    group: percentDecode(group, 'group', problems),
    ...(sentinelPassword === null ? {} : { sentinelPassword }),
    ...login(parts, tls, database, problems),
  };
}

function cluster(parts: UrlParts, tls: boolean, problems: string[]): ClusterRedis {
  refuseParameters(parts.query, [], problems);
  if (parts.path.length > 0) problems.push('names a database, and a cluster has only one');
  return {
    kind: 'cluster',
    nodes: parts.hosts.split(',').map((host) => parseEndpoint(host, 6379, problems)),
    ...login(parts, tls, undefined, problems),
  };
}

function login(
  parts: UrlParts,
  tls: boolean,
  database: string | undefined,
  problems: string[],
): RedisLogin {
  return {
    ...(parts.username === '' ? {} : { username: parts.username }),
    ...(parts.password === '' ? {} : { password: parts.password }),
    database: parseDatabaseNumber(database ?? '0', problems),
    tls,
  };
}

function refuseParameters(
  query: URLSearchParams,
  known: readonly string[],
  problems: string[],
): void {
  for (const name of query.keys()) {
    if (!known.includes(name)) problems.push(`parameter ${name} is unknown`);
  }
}
