import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { AddressInfo } from 'node:net';
import {
  ConfigurationError,
  describeConfig,
  loadConfig,
  processEnvironment,
  type Config,
  type Environment,
  type Role,
} from '#libs/config';
import { systemClock, withDeadline } from '#libs/kernel';
import {
  createLogger,
  FEW_OPEN_FILES,
  HealthRegistry,
  Logger,
  openFileLimit,
} from '#libs/observability';
import { HttpServer } from './http-server.js';
import { createReplicaApp, type ReplicaAppOptions } from './replica-app.js';

export interface BootstrapOptions extends ReplicaAppOptions {
  readonly role: Role;
  readonly env?: Environment;
}

/**
 * Ctrl-C reaches a process more than once: from the terminal, from npm, and from whoever supervises it.
 * Signals that follow the first one this closely are no second thought of a person.
 */
const SAME_REQUEST_MS = 1000;
/** A reader of the log that is stuck must not hold a process that exits. */
const LAST_LINES_MS = 1_000;

/** Sent to the parent process, if there is one, when the replica takes requests. */
export interface ListeningMessage {
  readonly type: 'listening';
  readonly url: string;
  readonly replica: string;
}

/**
 * Runs a replica as this process: reads the configuration, starts, serves, and stops on SIGTERM, SIGINT or when
 * the parent process is gone.
 *
 * Exit codes: 0 after an orderly stop (or `--print-config`); 1 for a bad configuration (all problems on standard
 * error), a failed start, a stop that took longer than SHUTDOWN_TIMEOUT_MS, a signal repeated after a second, or a defect that
 * nobody caught.
 */
export async function bootstrapReplica(options: BootstrapOptions): Promise<void> {
  const config = readConfig(options);
  if (process.argv.includes('--print-config')) {
    process.stdout.write(`${describeConfig(config)}\n`);
    return;
  }
  const { role, replicaId, logLevel } = config.runtime;
  let logger = createLogger({ level: logLevel, role, replica: replicaId });
  dieOnUncaught(() => logger);
  warnOfFewFiles(logger);
  let app: NestFastifyApplication | undefined;
  try {
    app = await createReplicaApp(config, options);
    logger = app.get(Logger);
    const stop = stopOnSignals(app, config, logger);
    await app.listen({ port: config.runtime.port, host: config.runtime.host });
    app.get(HealthRegistry).markServing();
    announce(app, config, logger);
    if (process.connected) process.once('disconnect', () => stop('disconnect'));
  } catch (err) {
    logger.fatal({ err }, 'the replica could not start');
    process.exitCode = 1;
    await closeWithin(app, config.runtime.shutdownTimeoutMs);
    await exit(logger, 1);
  }
}

function readConfig({ env = processEnvironment(), role }: BootstrapOptions): Config {
  try {
    return loadConfig(env, role);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}

/** Where they run out, new connections are refused without a word: said at the start, when it can be mended. */
function warnOfFewFiles(logger: Logger): void {
  const limit = openFileLimit();
  if (limit !== undefined && limit < FEW_OPEN_FILES) {
    logger.warn(
      { limit, atLeast: FEW_OPEN_FILES },
      'few files and sockets may be open: raise ulimit -n',
    );
  }
}

function announce(app: NestFastifyApplication, config: Config, logger: Logger): void {
  const { port } = app.getHttpServer().address() as AddressInfo;
  const url = `http://${reachableHost(config.runtime.host)}:${port}`;
  const replica = config.runtime.replicaId;
  logger.info({ url, pid: process.pid }, 'listening');
  const message: ListeningMessage = { type: 'listening', url, replica };
  process.send?.(message);
}

/** An address of this machine for a replica that listens on all of them. */
function reachableHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}

function stopOnSignals(
  app: NestFastifyApplication,
  config: Config,
  logger: Logger,
): (reason: string) => void {
  let stoppingSinceMs: number | undefined;
  const stop = (reason: string) => {
    const nowMs = systemClock.monotonicMs();
    if (stoppingSinceMs === undefined) {
      stoppingSinceMs = nowMs;
      void stopReplica(app, config, logger, reason);
    } else if (reason !== 'disconnect' && nowMs - stoppingSinceMs > SAME_REQUEST_MS) {
      logger.warn({ reason }, 'stopping at once, asked twice');
      void exit(logger, 1);
    }
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  return stop;
}

async function stopReplica(
  app: NestFastifyApplication,
  config: Config,
  logger: Logger,
  reason: string,
): Promise<void> {
  logger.info({ reason }, 'stopping');
  const server = app.get(HttpServer);
  await server.turnAway();
  server.stopAccepting();
  const isClosed = await closeWithin(app, config.runtime.closeTimeoutMs);
  if (isClosed) logger.info({}, 'stopped');
  else logger.warn({ timeoutMs: config.runtime.shutdownTimeoutMs }, 'stopping was forced');
  await exit(logger, isClosed ? 0 : 1);
}

async function closeWithin(
  app: NestFastifyApplication | undefined,
  timeoutMs: number,
): Promise<boolean> {
  if (app === undefined) return true;
  try {
    await withDeadline(app.close(), timeoutMs, 'closing');
    return true;
  } catch {
    return false; // reported by the caller; the exit that follows closes whatever is left
  }
}

/** After an error that nobody caught the state of the process is unknown: a new process is safer. */
function dieOnUncaught(currentLogger: () => Logger): void {
  let isDying = false;
  const die = (err: unknown) => {
    if (isDying) return;
    isDying = true;
    const logger = currentLogger();
    logger.fatal({ err }, 'an error was not caught');
    void exit(logger, 1);
  };
  process.on('uncaughtException', die);
  process.on('unhandledRejection', die);
}

/** With the last lines of the log, which say why. */
async function exit(logger: Logger, code: number): Promise<void> {
  await withDeadline(logger.end(), LAST_LINES_MS, 'the last lines of the log').catch(
    () => undefined,
  );
  process.exit(code);
}
