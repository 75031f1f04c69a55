// Which packages the suites load from one file instead of thousands; docs/development.md says why.
import { join } from 'node:path';

/**
 * What is imported of them, word for word. The packages that nearly every suite loads, and what must not exist twice beside them.
 * An import without braces answers all exports: none that needs `export default` of an ESM package can be here.
 */
export const bundledNames = [
  '@fastify/multipart',
  '@fastify/proxy-addr',
  '@nestjs/common',
  '@nestjs/common/constants.js',
  '@nestjs/common/enums/route-paramtypes.enum.js',
  '@nestjs/core',
  '@nestjs/platform-fastify',
  '@nestjs/platform-socket.io',
  '@nestjs/swagger',
  '@nestjs/testing',
  '@nestjs/typeorm',
  '@nestjs/websockets',
  '@opentelemetry/api',
  '@opentelemetry/exporter-trace-otlp-http',
  '@opentelemetry/resources',
  '@opentelemetry/sdk-trace',
  '@socket.io/redis-adapter',
  '@socket.io/redis-streams-adapter',
  'bullmq',
  'cron-parser',
  'csv-parse/sync',
  'csv-stringify/sync',
  'fastify',
  'ioredis',
  'pino',
  'prom-client',
  'reflect-metadata',
  'rxjs',
  'sanitize-html',
  'socket.io',
  'typeorm',
  'uuidv7',
  'yaml',
  'zod',
];

const packages = new Set(bundledNames.map(packageOf));

/** Whether a file of one of these packages is asked for, by whomever. */
export const isBundled = (name) => packages.has(packageOf(name));

/** Among the packages, as far as traces of errors are concerned: Jest shows the first line that is not one of a package. */
export const bundleFolder = (root) => join(root, 'node_modules', '.cache', 'jest-packages');

export const bundleFile = (root) => join(bundleFolder(root), 'packages.js');

/** The file that stands for what is imported by this name. */
export const standInFile = (root, name) => join(bundleFolder(root), `${name}.cjs`);

function packageOf(name) {
  return name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/');
}
