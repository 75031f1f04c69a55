import type { RedisScriptOptions } from '#libs/redis';

/*
 * A series is a sorted set. An entry is the text `<version> <value>`; the version is a UUID. A lock is the text
 * `<owner> <fence> <until>`, both in microseconds of the server's clock; a lock that was released has no
 * owner. `pcall` makes a key of another type look like no entry and no lock; if it was something worse,
 * the write that follows fails as well.
 */

const readVersion = `
local head = redis.pcall('GETRANGE', KEYS[1], 0, 36)
local version = ''
if type(head) == 'string' then
  version = string.match(head, '^(%x+%-%x+%-%x+%-%x+%-%x+) $') or ''
end
local expected = ARGV[1]
if expected ~= '' and expected ~= (version == '' and 'absent' or version) then
  return {0, version}
end
`;

const readLock = `
local time = redis.call('TIME')
local nowUs = time[1] * 1000000 + time[2]
local text = redis.pcall('GET', KEYS[1])
local owner, fence, untilUs
if type(text) == 'string' then
  owner, fence, untilUs = string.match(text, '^([%x%-]*) (%d+) (%d+)$')
end
fence = tonumber(fence) or 0
untilUs = tonumber(untilUs) or 0
local function keep(newOwner, newUntilUs)
  local liveUs = math.max(newUntilUs, fence, nowUs) - nowUs + ARGV[2] * 1000
  local record = string.format('%s %.0f %.0f', newOwner, fence, newUntilUs)
  redis.call('SET', KEYS[1], record, 'PX', string.format('%.0f', math.ceil(liveUs / 1000)))
end
`;

const onlyItsOwner = `
if owner ~= ARGV[1] or untilUs <= nowUs then return 0 end
`;

/** The steps of the shared cache. Each is one script, so that nothing comes between look and act. */
export const sharedScripts = {
  /** ARGV: expected version (empty: any), text with its version, life in ms. Answers [done, version]. */
  write: {
    name: 'lockstepSharedWrite',
    keyCount: 1,
    lua: `${readVersion}
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
return {1, ''}`,
  },
  /** ARGV: expected version (empty: any). Answers [done, version]. */
  remove: {
    name: 'lockstepSharedRemove',
    keyCount: 1,
    lua: `${readVersion}
redis.call('DEL', KEYS[1])
return {1, ''}`,
  },
  /** ARGV: rank of the last to read. Answers members, highest score first; what is no series has none. */
  readSeries: {
    name: 'lockstepSharedReadSeries',
    keyCount: 1,
    lua: `local members = redis.pcall('ZREVRANGE', KEYS[1], 0, ARGV[1])
if members.err then return {} end
return members`,
  },
  /** ARGV: life in ms, then score and text of each member. Answers 1. */
  writeSeries: {
    name: 'lockstepSharedWriteSeries',
    keyCount: 1,
    lua: `redis.call('DEL', KEYS[1])
for index = 2, #ARGV, 2 do
  redis.call('ZADD', KEYS[1], ARGV[index], ARGV[index + 1])
end
redis.call('PEXPIRE', KEYS[1], ARGV[1])
return 1`,
  },
  /** ARGV: owner, memory of the fence in ms, lease in ms. Answers the fence as a text, or nil. */
  take: {
    name: 'lockstepSharedTake',
    keyCount: 1,
    lua: `${readLock}
if untilUs > nowUs then return false end
fence = math.max(fence + 1, nowUs)
keep(ARGV[1], nowUs + ARGV[3] * 1000)
return string.format('%.0f', fence)`,
  },
  /** ARGV: owner, memory of the fence in ms, lease in ms. Answers 1 when done. */
  extend: {
    name: 'lockstepSharedExtend',
    keyCount: 1,
    lua: `${readLock}${onlyItsOwner}
keep(owner, math.max(untilUs, nowUs + ARGV[3] * 1000))
return 1`,
  },
  /** ARGV: owner, memory of the fence in ms. Answers 1 when done. */
  release: {
    name: 'lockstepSharedRelease',
    keyCount: 1,
    lua: `${readLock}${onlyItsOwner}
keep('', 0)
return 1`,
  },
} as const satisfies Readonly<Record<string, RedisScriptOptions>>;
