import type { Redis } from 'ioredis';

export interface RedisScriptOptions {
  /** Names the command of the client that is made of it; must not be one of Redis' own. */
  readonly name: string;
  /** Left out: as many as each run names. */
  readonly keyCount?: number;
  readonly lua: string;
}

type Argument = string | number;
type ScriptCommand = (...args: readonly Argument[]) => Promise<unknown>;

/**
 * A step in Lua that nothing can come between. It travels once per connection and by its hash
 * afterwards; when Redis has forgotten it (SCRIPT FLUSH, another server) it is sent again, which takes a
 * second round trip and at most a second command timeout.
 */
export class RedisScript {
  private readonly command: ScriptCommand;
  private readonly saysItsKeys: boolean;

  constructor(client: Redis, { name, keyCount, lua }: RedisScriptOptions) {
    client.defineCommand(name, keyCount === undefined ? { lua } : { numberOfKeys: keyCount, lua });
    // `defineCommand` adds the method at run time, where its type cannot know of it.
    const commands = client as unknown as Readonly<Record<string, ScriptCommand>>;
    const command = commands[name];
    if (command === undefined) throw new TypeError(`the client has no command ${name}`);
    this.command = command.bind(client);
    this.saysItsKeys = keyCount === undefined;
  }

  /** Fails as every command of the client does. */
  run(keys: readonly string[], args: readonly Argument[]): Promise<unknown> {
    const count = this.saysItsKeys ? [keys.length] : [];
    return this.command(...count, ...keys, ...args);
  }
}
