import type { INestApplicationContext } from '@nestjs/common';
import { RedisConnections, RedisNames } from '#libs/redis';

const LONG = 100_000;

/**
 * What somebody with access to Redis alone may try on the channels and the stream of push: junk, an
 * event for the sockets in `victims`, and requests to move them into `room` or to disconnect them.
 */
export async function publishAsStranger(
  app: INestApplicationContext,
  victims: string,
  room: string,
): Promise<void> {
  const { pushKey, pushStream } = app.get(RedisNames);
  const redis = app.get(RedisConnections).open('commands');
  const opts = { rooms: [victims], except: [] };
  const join = JSON.stringify({ type: 2, opts, rooms: [room] });
  const packet = { type: 2, nsp: '/', data: ['notification', { type: 'forged' }] };
  const event = JSON.stringify({ packet, opts: { ...opts, flags: {} } });
  for (const text of ['x', '', '\u0000', '{', join, event, 'x'.repeat(LONG)]) {
    for (const channel of ['#/#', `#/#${victims}#`, '-request#/#', '-response#/#']) {
      await redis.publish(`${pushKey}${channel}`, text);
    }
  }
  const entry = (type: string, data: string) =>
    redis.xadd(pushStream, '*', 'uid', 'me', 'nsp', '/', 'type', type, 'data', data);
  await entry('3', event);
  await entry('4', JSON.stringify({ opts, rooms: [room] }));
  await entry('6', JSON.stringify({ opts, close: true }));
  await entry('3', '{');
  await redis.xadd(pushStream, '*', 'nsp', '/');
}
