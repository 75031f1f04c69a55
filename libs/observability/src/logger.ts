import pino, { type DestinationStream, type Logger as Pino, type SerializedError } from 'pino';
import type { LogLevel, Role } from '#libs/config';
import { currentContext, currentTrace } from '#libs/kernel';
import { REDACTED_PATHS } from './redaction.js';
import { traceOfSources } from './source-traces.js';

/** Structured facts of an event; an error goes into `err`. Never interpolate them into the message. */
export type LogFields = Readonly<Record<string, unknown>>;

/**
 * The log of a replica: one JSON line per event on standard output, with the request id and the actor
 * of the request or job under way. Fields that carry secrets are masked by name.
 *
 * Writing never blocks the event loop; what exits a process waits for {@link end}.
 *
 * error = act now, warn = degraded but heals itself, info = life cycle and business events,
 * debug = off in production.
 */
export class Logger {
  constructor(
    private readonly log: Pino,
    private readonly output?: Output,
  ) {}

  debug(fields: LogFields, message: string): void {
    this.log.debug(fields, message);
  }

  info(fields: LogFields, message: string): void {
    this.log.info(fields, message);
  }

  warn(fields: LogFields, message: string): void {
    this.log.warn(fields, message);
  }

  error(fields: LogFields, message: string): void {
    this.log.error(fields, message);
  }

  fatal(fields: LogFields, message: string): void {
    this.log.fatal(fields, message);
  }

  /** A logger whose every line carries `fields` as well. */
  child(fields: LogFields): Logger {
    return new Logger(this.log.child(fields), this.output);
  }

  /**
   * Resolves when standard output has taken every line. Nothing may be logged any more. Without it the line that
   * is being written when the process exits may be lost.
   */
  end(): Promise<void> {
    const { output } = this;
    if (output === undefined) return Promise.resolve();
    return new Promise((resolve) => {
      output.once('close', resolve);
      output.end();
    });
  }

  isDebugEnabled(): boolean {
    return this.log.isLevelEnabled('debug');
  }
}

type Output = ReturnType<typeof pino.destination>;

export interface LoggerOptions {
  readonly level: LogLevel;
  readonly role?: Role;
  readonly replica?: string;
}

/** Makes the log of a process; `destination` replaces standard output. */
export function createLogger(options: LoggerOptions, destination?: DestinationStream): Logger {
  const { level, role, replica } = options;
  // A reader that is slow to empty the pipe must not stall requests.
  const output = destination === undefined ? pino.destination({ fd: 1, sync: false }) : undefined;
  const log = pino(
    {
      level,
      base: { ...(role && { role }), ...(replica && { replica }) },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: REDACTED_PATHS, censor: '***' },
      mixin: contextFields,
      serializers: { err: tracedError, stack: tracedStack },
    },
    destination ?? output,
  );
  return new Logger(log, output);
}

function tracedError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const told = pino.stdSerializers.err(error);
  const several = (told['aggregateErrors'] ?? []) as readonly SerializedError[];
  for (const each of [told, ...several]) each.stack = traceOfSources(each.stack);
  return told;
}

function tracedStack(stack: unknown): unknown {
  return typeof stack === 'string' ? traceOfSources(stack) : stack;
}

function contextFields(): object {
  const context = currentContext();
  const trace = currentTrace();
  const ofTrace = trace?.isRecorded === true ? { traceId: trace.traceId } : {};
  if (context === undefined) return ofTrace;
  const { requestId, actor } = context;
  return actor === undefined
    ? { requestId, ...ofTrace }
    : { requestId, actor: `${actor.kind}:${actor.id}`, ...ofTrace };
}
