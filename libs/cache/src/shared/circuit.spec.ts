import { beforeEach, describe, expect, it } from '@jest/globals';
import { gate, ManualClock, ManualScheduler, settled, type Gate } from '#libs/testing';
import { Circuit } from './circuit.js';

class Refusal extends Error {}

const PROBE_EVERY_MS = 250;

describe('Circuit', () => {
  let scheduler: ManualScheduler;
  let circuit: Circuit;
  let probes: number;
  let probe: () => Promise<unknown>;
  let changes: boolean[];

  beforeEach(() => {
    scheduler = new ManualScheduler(new ManualClock());
    probes = 0;
    probe = () => Promise.reject(new Error('no answer'));
    changes = [];
    circuit = new Circuit({
      scheduler,
      probe: () => {
        probes += 1;
        return probe();
      },
      probeEveryMs: PROBE_EVERY_MS,
      isRefusal: (error) => error instanceof Refusal,
      onChanged: (isOpen) => changes.push(isOpen),
    });
  });

  const silence = (): Promise<never> => Promise.reject(new Error('no answer'));
  const answer = (): Promise<string> => Promise.resolve('yes');

  it('hands on answers and refusals, and stays closed', async () => {
    expect(await circuit.run(answer)).toEqual({ kind: 'answered', value: 'yes' });
    expect(await circuit.run(() => Promise.reject(new Refusal()))).toEqual({ kind: 'refused' });
    expect(await circuit.run(answer)).toEqual({ kind: 'answered', value: 'yes' });
    expect(changes).toEqual([]);
  });

  it('asks nobody any more after the first question without an answer', async () => {
    expect(await circuit.run(silence)).toEqual({ kind: 'silent' });
    let asked = 0;
    const question = (): Promise<void> => {
      asked += 1;
      return Promise.resolve();
    };
    for (let i = 0; i < 5; i += 1) expect(await circuit.run(question)).toEqual({ kind: 'open' });
    expect(asked).toBe(0);
    expect(circuit.isOpen).toBe(true);
  });

  it('makes no caller wait while a probe is under way', async () => {
    const answered: Gate<unknown> = gate<unknown>();
    probe = () => answered.opened;
    await circuit.run(silence);
    await scheduler.advance(PROBE_EVERY_MS);
    expect(probes).toBe(1);
    expect(await circuit.run(answer)).toEqual({ kind: 'open' });
    answered.open('PONG');
    await settled();
    expect(await circuit.run(answer)).toEqual({ kind: 'answered', value: 'yes' });
  });

  it('closes by itself, without anybody asking, once a probe is answered', async () => {
    await circuit.run(silence);
    await scheduler.advance(4 * PROBE_EVERY_MS);
    expect(probes).toBe(4);
    probe = () => Promise.resolve('PONG');
    await scheduler.advance(PROBE_EVERY_MS);
    expect(circuit.isOpen).toBe(false);
    expect(changes).toEqual([true, false]);
    await scheduler.advance(10 * PROBE_EVERY_MS);
    expect(probes).toBe(5);
  });

  it('takes a refused probe for a sign of life', async () => {
    await circuit.run(silence);
    probe = () => Promise.reject(new Refusal());
    await scheduler.advance(PROBE_EVERY_MS);
    expect(circuit.isOpen).toBe(false);
  });

  it('is not opened again by a question of before it closed', async () => {
    const late = gate<string>();
    const lateAnswer = circuit.run(() => late.opened);
    await circuit.run(silence);
    probe = () => Promise.resolve('PONG');
    await scheduler.advance(PROBE_EVERY_MS);
    late.break(new Error('no answer'));
    expect(await lateAnswer).toEqual({ kind: 'silent' });
    expect(circuit.isOpen).toBe(false);
    await circuit.run(silence);
    expect(circuit.isOpen).toBe(true);
  });

  it('opens once for all that were under way', async () => {
    await Promise.all([circuit.run(silence), circuit.run(silence), circuit.run(silence)]);
    await scheduler.advance(PROBE_EVERY_MS);
    expect(probes).toBe(1);
    expect(changes).toEqual([true]);
  });

  it('asks nothing after its end, not even when a probe is answered then', async () => {
    const answered = gate<unknown>();
    probe = () => answered.opened;
    await circuit.run(silence);
    await scheduler.advance(PROBE_EVERY_MS);
    circuit.stop();
    answered.open('PONG');
    await scheduler.advance(10 * PROBE_EVERY_MS);
    expect(probes).toBe(1);
    expect(await circuit.run(answer)).toEqual({ kind: 'open' });
  });
});
