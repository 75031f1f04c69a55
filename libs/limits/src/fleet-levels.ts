import { z } from 'zod';
import { RedisScript, type Redis, type RedisNames } from '#libs/redis';
import type { Share } from './client-meters.js';
import { WINDOW_MS } from './meter.js';

/*
 * A level is the text `<level> <milliseconds of the server's clock>`. What is there and is no level, or lies
 * in the future, counts as none; a level too high for one is cut, so that a forged one leaks like any other.
 * ARGV: the window in milliseconds; then for each key its quota and what is added.
 */
const lua = `
local time = redis.call('TIME')
local nowMs = time[1] * 1000 + math.floor(time[2] / 1000)
local windowMs = tonumber(ARGV[1])
local levels = {}
for index, key in ipairs(KEYS) do
  local quota = tonumber(ARGV[index * 2])
  local text = redis.pcall('GET', key)
  local level, atMs
  if type(text) == 'string' then
    level, atMs = string.match(text, '^(%d+%.%d+) (%d+)$')
  end
  level = tonumber(level) or 0
  atMs = tonumber(atMs) or nowMs
  if atMs > nowMs then level = 0 end
  level = math.min(level, 2 * quota) - math.max(0, nowMs - atMs) * quota / windowMs
  level = math.max(0, level) + tonumber(ARGV[index * 2 + 1])
  local lifeMs = math.max(1, math.ceil(level / quota * windowMs))
  redis.call('SET', key, string.format('%.3f %.0f', level, nowMs), 'PX', lifeMs)
  levels[index] = string.format('%.3f', level)
end
return levels`;

const reply = z.array(z.string().transform(Number));

/** How much each client has asked for at all replicas together: in Redis, gone by itself when it has leaked out. */
export class FleetLevels {
  private readonly script: RedisScript;

  constructor(
    client: Redis,
    private readonly names: Pick<RedisNames, 'limitLevel'>,
  ) {
    this.script = new RedisScript(client, { name: 'lockstepLimitLevels', lua });
  }

  /** Adds the shares and answers the levels, in one round trip. Fails as every command of the client does. */
  async add(shares: readonly Share[]): Promise<readonly number[]> {
    const keys = shares.map(({ key }) => this.names.limitLevel(key));
    const amounts = shares.flatMap(({ quota, count }) => [quota, count]);
    return reply.parse(await this.script.run(keys, [WINDOW_MS, ...amounts]));
  }
}
