import { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { AnnouncementSeal } from '../../../cache/src/core/publishing/announcement-seal.js';
import { FleetInspector } from './fleet-inspector.js';

const HERE = { id: '11111111-2222-4333-8444-555555555555', announcementKey: 'ab'.repeat(32) };
const OTHER_KEY = { ...HERE, announcementKey: 'cd'.repeat(32) };

/** Both connections of every replica, on one channel server. */
class Channels extends EventEmitter {
  readonly status = 'ready';
  readonly published: string[] = [];

  subscribe(): Promise<unknown> {
    return Promise.resolve();
  }

  disconnect(): void {}

  publish(channel: string, text: string): Promise<unknown> {
    this.published.push(channel);
    this.emit('message', channel, text);
    return Promise.resolve();
  }
}

describe('FleetInspector', () => {
  let channels: Channels;

  beforeEach(() => {
    channels = new Channels();
  });

  function started(replicaId: string): FleetInspector {
    const inspector = new FleetInspector({
      replicaId,
      publisher: channels,
      subscriber: channels,
      channelOf: (replica) => `of:${replica}`,
      cache: { inspect: () => ({ isRegionKnown: true }) },
      seal: new AnnouncementSeal(HERE, replicaId, 'inspection'),
    });
    inspector.start();
    return inspector;
  }

  it('answers another replica', async () => {
    const asking = started('a');
    started('b');
    expect(await asking.inspect('b', 'region', 'key')).toEqual({ isRegionKnown: true });
  });

  it('shows nothing to who has Redis alone', async () => {
    started('b');
    const question = { kind: 'inspect', id: '1', from: 'me', region: 'region', key: 'key' };
    const body = JSON.stringify(question);
    for (const text of [
      body,
      'x',
      new AnnouncementSeal(OTHER_KEY, 'me', 'inspection').seal(body),
      new AnnouncementSeal(HERE, 'me').seal(body),
    ]) {
      await channels.publish('of:b', text);
    }
    expect(channels.published).not.toContain('of:me');
  });
});
