import type { LoggerService } from '@nestjs/common';
import type { LogFields, Logger } from './logger.js';

/** Nest announces every module and route while it starts; that is of interest while debugging only. */
const CHATTY_CONTEXTS = new Set([
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestFactory',
  'NestApplication',
  'WebSocketsController',
]);

/** Lets Nest write into our log. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown, ...rest: unknown[]): void {
    const fields = readFields(rest);
    if (CHATTY_CONTEXTS.has(String(fields['context']))) this.logger.debug(fields, text(message));
    else this.logger.info(fields, text(message));
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.logger.error(errorFields(message, rest), text(message));
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.logger.fatal(errorFields(message, rest), text(message));
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.logger.warn(readFields(rest), text(message));
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.logger.debug(readFields(rest), text(message));
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.logger.debug(readFields(rest), text(message));
  }
}

/** Nest passes the context as the last text. */
function readFields(rest: readonly unknown[]): LogFields {
  const context = rest.at(-1);
  return typeof context === 'string' ? { context } : {};
}

/** Errors come as the message itself, or as a message followed by a stack and a context. */
function errorFields(message: unknown, rest: readonly unknown[]): LogFields {
  const err = [message, ...rest].find((part) => part instanceof Error);
  const stack = rest.find((part) => typeof part === 'string' && part.includes('\n    at '));
  const fields = readFields(rest.filter((part) => part !== stack));
  return {
    ...fields,
    ...(err === undefined ? {} : { err }),
    ...(stack === undefined ? {} : { stack }),
  };
}

function text(message: unknown): string {
  if (message instanceof Error) return message.message;
  return typeof message === 'string' ? message : JSON.stringify(message);
}
