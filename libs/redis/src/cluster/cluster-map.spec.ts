import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { RedisEndpoint } from '#libs/config';
import { ClusterMap } from './cluster-map.js';
import { ClusterView } from './cluster-view.js';

const [a, b] = [
  { host: 'a', port: 1 },
  { host: 'b', port: 1 },
];

/** All slots belong to `owner`. */
function viewOf({ host, port }: RedisEndpoint): ClusterView {
  return ClusterView.of([[0, 16_383, [host, port]]], a);
}

describe('ClusterMap', () => {
  let answers: Record<string, () => Promise<ClusterView>>;
  let asked: string[];
  let map: ClusterMap;

  beforeEach(() => {
    jest.useFakeTimers();
    asked = [];
    answers = { a: async () => viewOf(a), b: async () => viewOf(a) };
    map = new ClusterMap({
      seeds: [a, b],
      ask: ({ host }) => {
        asked.push(host);
        return answers[host]!();
      },
    });
  });

  afterEach(() => {
    map.stop();
    jest.useRealTimers();
  });

  const away = () => Promise.reject(new Error('away'));

  it('believes the first that answers, and asks that one from then on', async () => {
    answers['a'] = away;
    await map.refresh();
    expect(map.view?.ownerOf(1)).toEqual(a);
    asked = [];
    await map.refresh();
    expect(asked).toEqual(['b']);
  });

  it('asks the others when that one does not answer any more', async () => {
    await map.refresh();
    answers = { a: away, b: async () => viewOf(b) };
    await map.refresh();
    expect(map.view?.ownerOf(1)).toEqual(b);
    expect(map.lastProblem).toBeUndefined();
  });

  it('keeps what it knows when nobody answers, and says why', async () => {
    await map.refresh();
    answers = { a: away, b: away };
    await map.refresh();
    expect(map.view?.ownerOf(1)).toEqual(a);
    expect(map.lastProblem).toBe('away');
  });

  it('asks once for any number who want to know', async () => {
    await map.refresh();
    asked = [];
    await Promise.all(Array.from({ length: 20 }, () => map.refresh()));
    for (let refusal = 0; refusal < 20; refusal += 1) map.refreshSoon();
    await jest.advanceTimersByTimeAsync(1_000);
    expect(asked).toHaveLength(2);
  });

  it('looks every two seconds, tells those who listen, and stops', async () => {
    const told = jest.fn();
    map.onLearned(told)();
    const stillTold = jest.fn();
    map.onLearned(stillTold);
    map.start();
    await jest.advanceTimersByTimeAsync(4_000);
    expect(told).not.toHaveBeenCalled();
    expect(stillTold).toHaveBeenCalledTimes(2);
    map.stop();
    await jest.advanceTimersByTimeAsync(10_000);
    expect(stillTold).toHaveBeenCalledTimes(2);
  });
});
