import { eventually, type RedisFixture, type RunningFleet } from '#libs/testing';

/** The names of the connections that a fleet has to a Redis server. */
async function connectionsTo(
  server: RedisFixture,
  { env }: RunningFleet,
): Promise<readonly string[]> {
  const list = await server.cli('CLIENT', 'LIST');
  const names = [...list.matchAll(/ name=(\S+) /g)].map(([, name = '']) => name);
  return names.filter((name) => name.startsWith(`${env['CHANNEL_PREFIX']}:`));
}

/** Resolves when every replica of the fleet listens to this server. */
export async function untilAllListen(server: RedisFixture, fleet: RunningFleet): Promise<void> {
  await eventually('every replica listens', async () => {
    const names = await connectionsTo(server, fleet);
    const listeners = names.filter((name) => name.endsWith(':backplane-subscriber'));
    return listeners.length === fleet.commerce.length + fleet.authoring.length;
  });
}

/** Resolves when no replica of the fleet has a connection to this server. */
export async function untilNobodyIsConnected(
  server: RedisFixture,
  fleet: RunningFleet,
): Promise<void> {
  await eventually('nobody is connected', async () => {
    return (await connectionsTo(server, fleet)).length === 0;
  });
}
