import { findOnPath } from '../../../tools/lib/run.mjs';
import { anyFreePort } from '../../../tools/fleet/free-port.js';
import { spawnGuarded } from '../../../tools/fleet/guarded-process.js';
import { withDeadline } from '#libs/kernel';

export interface PacketDrop {
  /** Takes the rules away; packets pass again. Harmless when repeated. */
  stop(): Promise<void>;
}

const RULES_WITHIN_MS = 10_000;

// Waits with the rules in force. It gets SIGTERM from `stop`, and from its guard when the test process is gone, however that went.
const HOLD = `port=$1
rule() { iptables -w 5 "$1" OUTPUT -o lo -p tcp "$2" "$port" -j DROP; }
undo() { rule -D --dport; rule -D --sport; exit 0; }
trap undo TERM
rule -I --dport && rule -I --sport && echo dropping || undo
while :; do sleep 1; done`;

/**
 * Drops every packet to and from a port of 127.0.0.1 by iptables, as a cable that was cut: nothing is closed, refused or answered, and
 * new connections are not made either. Needs root with CAP_NET_ADMIN; rejects with the words of iptables where that is missing.
 * The rules name this port alone and are gone with the test process, even when that is killed.
 */
export async function dropPackets(port: number): Promise<PacketDrop> {
  const printed: string[] = [];
  let markDropping = (): void => undefined;
  const dropping = new Promise<void>((resolve) => (markDropping = resolve));
  const holder = spawnGuarded('sh', ['-c', HOLD, 'sh', String(port)], {
    env: process.env,
    onLine: (line) => {
      printed.push(line);
      if (line === 'dropping') markDropping();
    },
  });
  const stop = async (): Promise<void> => void (await holder.stop(RULES_WITHIN_MS));
  const failed = holder.exited.then(() => {
    throw new Error(printed[0] ?? 'iptables could not be run');
  });
  try {
    await withDeadline(Promise.race([dropping, failed]), RULES_WITHIN_MS, 'a rule of iptables');
  } catch (error) {
    await stop();
    throw error;
  } finally {
    failed.catch(() => undefined);
  }
  return { stop };
}

/** Why `dropPackets` cannot work here; undefined when it does. */
export async function packetDropProblem(): Promise<string | undefined> {
  if (findOnPath('iptables') === undefined) return 'no iptables on the PATH';
  try {
    await (await dropPackets(await anyFreePort())).stop();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
