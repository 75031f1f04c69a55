import { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { gate, ManualClock, ManualScheduler, settled, type Gate } from '#libs/testing';
import type { BackplaneState } from './core/publishing/backplane.js';
import { RedisBackplane, type SubscribingConnection } from './redis-backplane.js';

class Subscriber extends EventEmitter implements SubscribingConnection {
  status = 'connecting';
  disconnects = 0;
  readonly subscriptions: Gate[] = [];

  subscribe(): Promise<void> {
    const subscription = gate();
    this.subscriptions.push(subscription);
    return subscription.opened;
  }

  connect(): void {
    this.status = 'ready';
    this.emit('ready');
  }

  disconnect(): void {
    this.disconnects += 1;
    this.status = 'closed';
    this.emit('close');
  }
}

describe('RedisBackplane', () => {
  let clock: ManualClock;
  let scheduler: ManualScheduler;
  let subscriber: Subscriber;
  let states: BackplaneState[];
  let backplane: RedisBackplane;
  /** Whether heartbeats come back. */
  let isHeard: boolean;
  let publisherDisconnects: number;

  beforeEach(() => {
    clock = new ManualClock();
    scheduler = new ManualScheduler(clock);
    subscriber = new Subscriber();
    states = [];
    isHeard = true;
    publisherDisconnects = 0;
    const publisher = {
      status: 'ready',
      disconnect: () => (publisherDisconnects += 1),
      publish: (channel: string, text: string) => {
        if (isHeard) subscriber.emit('message', channel, text);
        return Promise.resolve();
      },
    };
    const channels = { channel: 'invalidation', heartbeatChannel: 'heartbeat' };
    backplane = new RedisBackplane({ publisher, subscriber, ...channels, clock, scheduler });
    backplane.start({
      message: () => undefined,
      stateChanged: (state) => states.push(state),
    });
  });

  it('stays connected while its heartbeats come back', async () => {
    subscriber.connect();
    subscriber.subscriptions[0]?.open();
    await scheduler.advance(30_000);
    expect(states).toEqual(['connected']);
    expect(subscriber.disconnects).toBe(0);
    expect(publisherDisconnects).toBe(0);
  });

  it('makes its publisher anew when it hears the others and not itself', async () => {
    subscriber.connect();
    subscriber.subscriptions[0]?.open();
    isHeard = false;
    for (let second = 0; second < 5; second += 1) {
      subscriber.emit('message', 'invalidation', '');
      await scheduler.advance(1_000);
    }
    expect(publisherDisconnects).toBe(1);
    expect(subscriber.disconnects).toBe(0);
    expect(states).toEqual(['connected']);
  });

  it('makes the connection anew when it hears nothing for five seconds', async () => {
    subscriber.connect();
    subscriber.subscriptions[0]?.open();
    await settled();
    isHeard = false;
    await scheduler.advance(5_000);
    expect(states).toEqual(['connected', 'silent', 'disconnected']);
    expect(subscriber.disconnects).toBe(1);
  });

  it('does not take for silence that its process stood still', async () => {
    subscriber.connect();
    subscriber.subscriptions[0]?.open();
    await settled();
    // What came in the meantime is read after the timers.
    isHeard = false;
    clock.advance(10_000);
    await scheduler.advance(1);
    isHeard = true;
    await scheduler.advance(5_000);
    expect(states).toEqual(['connected']);
    expect([subscriber.disconnects, publisherDisconnects]).toEqual([0, 0]);

    isHeard = false;
    clock.advance(10_000);
    await scheduler.advance(5_000);
    expect(subscriber.disconnects).toBe(1);
  });

  it.each(['refused', 'not answered'])(
    'makes the connection anew when subscribing is %s on a connection that stays up',
    async (outcome) => {
      subscriber.connect();
      isHeard = false;
      if (outcome === 'refused') subscriber.subscriptions[0]?.break(new Error('timed out'));
      await scheduler.advance(5_000);
      expect(subscriber.disconnects).toBe(1);
      isHeard = true;
      subscriber.connect();
      subscriber.subscriptions[1]?.open();
      await settled();
      expect(backplane.state).toBe('connected');
    },
  );

  it('does not mind a late answer of a connection that is gone', async () => {
    subscriber.connect();
    subscriber.disconnect();
    subscriber.connect();
    subscriber.subscriptions[1]?.open();
    await settled();
    subscriber.subscriptions[0]?.break(new Error('timed out'));
    await settled();
    expect(backplane.state).toBe('connected');
  });

  it('does not believe a subscription whose connection is gone', async () => {
    subscriber.connect();
    subscriber.disconnect();
    subscriber.subscriptions[0]?.open();
    await settled();
    expect(backplane.state).toBe('disconnected');
  });
});
