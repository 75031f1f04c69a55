import { describe, expect, it } from '@jest/globals';
import { gate, settled, type Gate } from '#libs/testing';
import type { Backplane } from './backplane.js';
import { Publisher } from './publisher.js';
import { decodeMessage, type InvalidationMessage } from './wire.js';

const unsealed = { seal: (body: string) => body };

class GatedBackplane implements Backplane {
  readonly state = 'connected';
  readonly sent: InvalidationMessage[] = [];
  readonly gates: Gate[] = [];

  start(): void {}

  async publish(text: string): Promise<void> {
    const message = decodeMessage(text);
    if (message !== undefined) this.sent.push(message);
    const passage = gate();
    this.gates.push(passage);
    await passage.opened;
  }

  stop(): Promise<void> {
    return Promise.resolve();
  }
}

describe('Publisher', () => {
  it('carries everything that committed during one publish in the next message', async () => {
    const backplane = new GatedBackplane();
    const publisher = new Publisher(backplane, 'me', unsealed);
    for (let position = 1; position <= 5; position += 1) {
      publisher.publish({ position, tags: [`t${position}`], committedAt: 0 });
    }
    expect(backplane.sent).toHaveLength(1);
    backplane.gates[0]?.open();
    await settled();
    expect(backplane.sent.map((message) => message.invalidations.map((i) => i.position))).toEqual([
      [1],
      [2, 3, 4, 5],
    ]);
  });

  it('drops what it cannot send and sends again when the backplane is back', async () => {
    const backplane = new GatedBackplane();
    const publisher = new Publisher(backplane, 'me', unsealed);
    publisher.publish({ position: 1, tags: ['a'], committedAt: 0 });
    publisher.publish({ position: 2, tags: ['b'], committedAt: 0 });
    backplane.gates[0]?.break(new Error('away'));
    await settled();
    expect(publisher.stats).toMatchObject({ failures: 1, dropped: 2 });
    publisher.publish({ position: 3, tags: ['c'], committedAt: 0 });
    expect(backplane.sent.at(-1)?.invalidations).toEqual([
      { position: 3, tags: ['c'], committedAt: 0 },
    ]);
  });

  it('says that something was left out when too much piles up', async () => {
    const backplane = new GatedBackplane();
    const publisher = new Publisher(backplane, 'me', unsealed);
    for (let position = 1; position <= 20_010; position += 1) {
      publisher.publish({ position, tags: ['t'], committedAt: 0 });
    }
    backplane.gates[0]?.open();
    await settled();
    expect(backplane.sent[1]?.isIncomplete).toBe(true);
    expect(publisher.stats.dropped).toBe(9);
  });
});
