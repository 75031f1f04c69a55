import { ReplyError } from 'ioredis';

const ReplyErrorClass = ReplyError as unknown as new () => Error;

/**
 * Whether a command failed because Redis answered that it would not do it (wrong type, memory full, read
 * only). Every other failure means that no answer came, and whether it was done is not known.
 */
export function isRedisRefusal(error: unknown): boolean {
  return error instanceof ReplyErrorClass;
}
