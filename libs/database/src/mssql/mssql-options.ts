import type { DataSourceOptions } from 'typeorm';
import type { MssqlLogin, MssqlUrl } from '#libs/config';
import { mssqlDriver } from './mssql-driver.js';

type MssqlDataSourceOptions = Extract<DataSourceOptions, { type: 'mssql' }>;

export interface MssqlPool {
  /** A secondary of an availability group may take no reader that does not say so. */
  readonly readOnlyIntent?: boolean;
  readonly connections?: number | undefined;
  /** Longest wait for a connection that has to be made, in milliseconds. */
  readonly waitMs?: number | undefined;
}

/** How TypeORM and its driver reach the server of an address. */
export function mssqlOptions(
  target: MssqlUrl,
  {
    readOnlyIntent = false,
    connections = target.poolMax,
    // A connection that cannot be made says why itself, a moment earlier.
    waitMs = target.connectTimeoutMs + 1_000,
  }: MssqlPool = {},
): MssqlDataSourceOptions {
  const options = {
    encrypt: target.encrypt,
    trustServerCertificate: target.trustServerCertificate,
    multiSubnetFailover: target.multiSubnetFailover,
    abortTransactionOnError: true,
    readOnlyIntent,
    ...(target.tlsCa === undefined ? {} : { cryptoCredentialsDetails: { ca: target.tlsCa } }),
  };
  return {
    type: 'mssql',
    driver: mssqlDriver(),
    host: target.host,
    port: target.port,
    database: target.database,
    ...credentials(target.login),
    pool: { max: connections, min: 0, acquireTimeoutMillis: waitMs },
    connectionTimeout: target.connectTimeoutMs,
    requestTimeout: target.requestTimeoutMs,
    // TypeORM does not know `strict`.
    options: options as MssqlDataSourceOptions['options'],
    // The driver would send SELECT 1 before every statement; a connection that broke shows it at its socket.
    extra: { validateConnection: 'socket' },
  };
}

function credentials(login: MssqlLogin): object {
  const identity = (type: string, options: object) => ({ authentication: { type, options } });
  switch (login.by) {
    case 'managed-identity':
      return identity('azure-active-directory-msi-vm', { clientId: login.clientId });
    case 'service-principal':
      return identity('azure-active-directory-service-principal-secret', {
        clientId: login.clientId,
        clientSecret: login.clientSecret,
        tenantId: login.tenantId,
      });
    case 'default-chain':
      return identity('azure-active-directory-default', { clientId: login.clientId });
    default:
      return { username: login.user, password: login.password };
  }
}
