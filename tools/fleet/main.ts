import { join } from 'node:path';
import { askFleet, listenForControl } from './control-channel.js';
import { watchAndRestart } from './dev-watch.js';
import { findProduct, findStoreAsStaff } from './demo-tour.js';
import { fleetEnvironment, seedEnvironment } from './fleet-environment.js';
import { FleetPorts } from './fleet-ports.js';
import { Fleet } from './fleet.js';
import { runBuiltTool } from './one-shot.js';
import { onEndOfSession } from './session-end.js';
import { ensureStaffLogin, type StaffLogin } from './staff-login.js';
import { SupervisedRedis } from './supervised-redis.js';
import { Terminal } from './terminal.js';
import { welcome } from './welcome.js';

export interface RunFleetOptions {
  /** The folder of the project. */
  readonly root: string;
  readonly commerce: number;
  readonly authoring: number;
  readonly verbose: boolean;
  readonly watch: boolean;
  /** redis-server to start; not needed when REDIS_URL is set. */
  readonly redisServer?: string;
}

/** What a person reads when the fleet doesn't come up; its message needs no stack. */
export class FleetError extends Error {
  override readonly name = 'FleetError';
}

/**
 * Runs the fleet of this folder until it is told to end (Ctrl-C, SIGTERM, the end of the command that started it) and then exits the
 * process: replicas first, Redis last. Rejects, with everything ended again, when it doesn't come up.
 */
export async function runFleet(options: RunFleetOptions): Promise<void> {
  const { root } = options;
  const stateFolder = join(root, '.lockstep');
  const running = await askFleet(root);
  if (running !== undefined) {
    throw new FleetError(`A fleet of this folder is running already:\n${running}`);
  }
  const terminal = new Terminal(join(stateFolder, 'logs'), options.verbose);
  const ports = new FleetPorts(join(stateFolder, 'ports.json'));
  const aborted = new AbortController();
  const ends: (() => Promise<void>)[] = [];
  const endAll = async (): Promise<void> => {
    aborted.abort();
    for (const end of ends.toReversed()) await end();
  };
  const session = onEndOfSession(async (why) => {
    terminal.say(`${why}: stopping the fleet (again to end it by force)`);
    await endAll();
    terminal.say('stopped');
    process.exit(0);
  });
  let fleet: Fleet | undefined;
  try {
    // First of all, so that a second start in this folder finds this one before it touches its data.
    const control = await listenForControl(root, async (asked) => {
      if (fleet === undefined) return ['it is starting'];
      if (asked !== undefined) await fleet.scale('commerce', asked.commerce);
      return fleet.status().map((r) => `${r.name}  ${r.phase}  ${r.url ?? ''}`);
    });
    ends.push(async () => void control.close());
    const redisUrl = await provideRedis(options, stateFolder, ports, terminal, ends);
    const login = ensureStaffLogin(join(stateFolder, 'staff.json'));
    const env = fleetEnvironment(root, redisUrl);
    await prepareDatabase(root, env, seedEnvironment(env, login), terminal, aborted.signal);

    const replicas = new Fleet({ root, env, isWatched: options.watch, ports, terminal });
    fleet = replicas;
    ends.push(() => replicas.stop());
    terminal.say(
      `starting ${options.commerce} commerce and ${options.authoring} authoring replicas`,
    );
    await Promise.all([
      replicas.scale('commerce', options.commerce),
      replicas.scale('authoring', options.authoring),
    ]);
    if (options.watch) ends.push(watchAndRestart(root, replicas, terminal));
    terminal.print(await greeting(replicas, login));
  } catch (error) {
    // An end that was asked for makes the steps fail; the session's own end is on its way then.
    if (session.isEnding()) return;
    await endAll();
    throw new FleetError(
      [
        error instanceof Error ? error.message : String(error),
        '',
        'The fleet did not come up. The logs are in .lockstep/logs. Mend what is reported above and run the command again;',
        'to begin anew with an empty demo shop, delete the data folder first.',
      ].join('\n'),
      { cause: error },
    );
  }
}

async function greeting(fleet: Fleet, login: StaffLogin): Promise<string> {
  const commerce = fleet.urls('commerce');
  const authoring = fleet.urls('authoring');
  const staff = await findStoreAsStaff(authoring[0] ?? '', login);
  const storeCode = staff?.storeCode;
  const tour =
    storeCode === undefined ? undefined : await findProduct(commerce[0] ?? '', storeCode);
  const isLoginValid = staff !== undefined;
  return welcome({ commerce, authoring, login, isLoginValid, tour });
}

async function provideRedis(
  options: RunFleetOptions,
  stateFolder: string,
  ports: FleetPorts,
  terminal: Terminal,
  ends: (() => Promise<void>)[],
): Promise<string> {
  const given = process.env['REDIS_URL'] ?? '';
  if (given !== '' || options.redisServer === undefined) {
    terminal.say('using the Redis of REDIS_URL');
    return given;
  }
  const redis = new SupervisedRedis({ binary: options.redisServer, stateFolder, ports, terminal });
  ends.push(() => redis.stop());
  return redis.start();
}

async function prepareDatabase(
  root: string,
  env: NodeJS.ProcessEnv,
  seedEnv: NodeJS.ProcessEnv,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<void> {
  for (const [name, toolEnv] of [
    ['migrate', env],
    ['seed', seedEnv],
  ] as const) {
    terminal.say(name === 'migrate' ? 'migrating the database' : 'seeding the demo shop');
    const log = terminal.openLog(name);
    await runBuiltTool({ root, name, env: toolEnv, signal, onLine: (line) => log.line(line) });
    log.close();
  }
}
