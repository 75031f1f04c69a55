import { percentDecode } from './percent-decode.js';
import { UrlParameters } from './url-parameters.js';

/**
 * How a replica proves who it is: with a login of the server, or with an identity of Entra ID (managed
 * by Azure, a service principal with a secret, or what the default chain of Azure finds).
 */
export type MssqlLogin =
  | { readonly by: 'password'; readonly user: string; readonly password: string }
  | { readonly by: 'managed-identity'; readonly clientId: string | undefined }
  | {
      readonly by: 'service-principal';
      readonly clientId: string;
      readonly clientSecret: string;
      readonly tenantId: string;
    }
  | { readonly by: 'default-chain'; readonly clientId: string | undefined };

/** A SQL Server database. */
export interface MssqlUrl {
  readonly kind: 'mssql';
  readonly host: string;
  readonly port: number;
  readonly login: MssqlLogin;
  readonly database: string;
  /** `strict` is TDS 8: TLS before anything else is said. */
  readonly encrypt: boolean | 'strict';
  readonly trustServerCertificate: boolean;
  /** Of DATABASE_TLS_CA, in PEM; undefined means the authorities Node.js trusts. */
  readonly tlsCa?: string | undefined;
  /** All addresses of the host are tried at once, as a listener in several subnets needs it. */
  readonly multiSubnetFailover: boolean;
  /** Connections of a replica for reads, and as many for writes. */
  readonly poolMax: number;
  readonly connectTimeoutMs: number;
  readonly requestTimeoutMs: number;
}

const LOGINS = ['password', 'managed-identity', 'service-principal', 'default-chain'] as const;

/** Reads an `mssql:` address. Throws an Error whose message lists every problem and repeats no secret. */
export function parseMssqlUrl(text: string): MssqlUrl {
  if (!text.startsWith('mssql://') || !URL.canParse(text)) {
    throw new Error(
      'must look like mssql://user:password@host:1433/database?encrypt=true' +
        ' (special characters percent-encoded)',
    );
  }
  const url = new URL(text);
  const problems: string[] = [];
  const required = (value: string, what: string) => {
    if (value === '') problems.push(`names no ${what}`);
    return percentDecode(value, what, problems);
  };
  const parameters = new UrlParameters(url.searchParams, problems);
  const encrypt = parameters.choice('encrypt', ['true', 'false', 'strict'], 'true');
  const result: MssqlUrl = {
    kind: 'mssql',
    host: required(url.hostname, 'host'),
    port: url.port === '' ? 1433 : Number(url.port),
    login: loginOf(url, parameters, required, problems),
    database: required(url.pathname.replace(/^\//, ''), 'database'),
    encrypt: encrypt === 'strict' ? encrypt : encrypt === 'true',
    trustServerCertificate: parameters.flag('trustServerCertificate', false),
    multiSubnetFailover: parameters.flag('multiSubnetFailover', false),
    poolMax: parameters.integer('poolMax', 10, 2, 500),
    connectTimeoutMs: parameters.integer('connectTimeoutMs', 15_000, 100, 120_000),
    requestTimeoutMs: parameters.integer('requestTimeoutMs', 15_000, 100, 600_000),
  };
  parameters.refuseUnread();
  if (problems.length > 0) throw new Error(problems.join('; '));
  return result;
}

function loginOf(
  url: URL,
  parameters: UrlParameters,
  required: (value: string, what: string) => string,
  problems: string[],
): MssqlLogin {
  const by = parameters.choice('authentication', LOGINS, 'password');
  if (by === 'password') {
    return {
      by,
      user: required(url.username, 'user'),
      password: required(url.password, 'password'),
    };
  }
  if (by === 'service-principal') {
    return {
      by,
      clientId: required(url.username, 'client id (in place of the user)'),
      clientSecret: required(url.password, 'client secret (in place of the password)'),
      tenantId: required(parameters.text('tenantId') ?? '', 'tenantId'),
    };
  }
  if (url.password !== '') problems.push(`authentication ${by} takes no password`);
  return { by, clientId: url.username === '' ? undefined : required(url.username, 'client id') };
}
