import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FleetPorts } from './fleet-ports.js';

/** Numbers of processes that no fleet has: its ports are far from those of one that another suite starts meanwhile. */
const [ONE, OTHER] = [301, 302];

describe('FleetPorts', () => {
  let folder: string;
  let file: string;
  const strangers: Server[] = [];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lockstep-ports-'));
    file = join(folder, 'ports.json');
  });
  afterEach(async () => {
    await leaveAll();
    await rm(folder, { recursive: true, force: true });
  });

  const occupy = async (port: number): Promise<void> => {
    const stranger = createServer();
    strangers.push(stranger);
    await new Promise<void>((resolve) => stranger.listen(port, '127.0.0.1', resolve));
  };

  const leaveAll = async (): Promise<void> => {
    const left = strangers
      .splice(0)
      .map((stranger) => new Promise((resolve) => stranger.close(resolve)));
    await Promise.all(left);
  };

  it('gives every process another port, the same one when asked again', async () => {
    const ports = new FleetPorts(file);
    const [first, second] = await Promise.all([
      ports.portFor('commerce', ONE),
      ports.portFor('commerce', OTHER),
    ]);
    expect(first).toBeGreaterThanOrEqual(3000);
    expect(second).not.toBe(first);
    expect(await ports.portFor('commerce', ONE)).toBe(first);
  });

  it('does not give what another process has and does not listen on yet', async () => {
    const ports = new FleetPorts(file);
    const first = await ports.portFor('commerce', ONE);
    const second = await ports.portFor('commerce', OTHER);
    await occupy(first);
    expect(await ports.portFor('commerce', ONE, { renew: true })).not.toBe(second);
  });

  it('has the same ports at the next start, even when an earlier one has become free', async () => {
    const earlier = await new FleetPorts(file).portFor('authoring', ONE);
    await occupy(earlier);
    const before = await new FleetPorts(file).portFor('authoring', ONE);
    expect(before).toBeGreaterThan(earlier);
    await leaveAll();
    expect(await new FleetPorts(file).portFor('authoring', ONE)).toBe(before);
  });

  it('moves on when somebody else has taken the port', async () => {
    const ports = new FleetPorts(file);
    const before = await ports.portFor('redis', ONE);
    await occupy(before);
    expect(await ports.portFor('redis', ONE, { renew: true })).toBeGreaterThan(before);
    expect(await new FleetPorts(file).portFor('redis', ONE)).not.toBe(before);
  });

  it('starts anew when its memory is damaged', async () => {
    await writeFile(file, '{"commerce-1": 30');
    expect(await new FleetPorts(file).portFor('commerce', 1)).toBeGreaterThanOrEqual(3000);
  });
});
