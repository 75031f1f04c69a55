import { Redis, type Command } from 'ioredis';

/**
 * A client for libraries that send commands without looking at the outcome: a command that fails while
 * Redis is away must not end the process as an unhandled rejection. A caller that does await a command still
 * sees it fail. The Socket.IO adapters are such libraries
 * (https://github.com/socketio/socket.io-redis-adapter/blob/8.3.0/lib/index.ts), and so is ioredis when
 * it renews the subscriptions of a connection
 * (https://github.com/redis/ioredis/blob/v6.0.0/lib/redis/event_handler.ts).
 */
export class FireAndForgetRedis extends Redis {
  override sendCommand(...args: Parameters<Redis['sendCommand']>): unknown {
    const answer = super.sendCommand(...args);
    const [command]: [Command, ...unknown[]] = args;
    command.promise.catch(ignore);
    // With tracing on, the answer is a promise of its own.
    if (answer instanceof Promise) answer.catch(ignore);
    return answer;
  }
}

/** The outage itself is reported by the connection's watch. */
function ignore(): void {}
