import { beforeEach, describe, expect, it } from '@jest/globals';
import { AsyncLocalStorage, executionAsyncResource } from 'node:async_hooks';
import { AsyncScope } from './async-scope.js';
import { delay } from './waiting.js';

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('AsyncScope', () => {
  let scope: AsyncScope<string>;
  beforeEach(() => {
    scope = new AsyncScope();
  });

  it('is seen by what is called, across waits, and by nothing else', async () => {
    expect(scope.current).toBeUndefined();
    const inside = scope.run('a', async () => {
      await turn();
      await delay(1);
      return scope.current;
    });
    expect(scope.current).toBeUndefined();
    expect(await inside).toBe('a');
    expect(scope.run('b', () => scope.current)).toBe('b');
    expect(scope.current).toBeUndefined();
  });

  it('keeps those apart that are under way at once, also when others leave and come', async () => {
    const seen = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        scope.run(`${index}`, async () => {
          for (let wait = 0; wait <= index % 7; wait += 1) await turn();
          const inner = await scope.run(`${index} inner`, async () => {
            await turn();
            return scope.current;
          });
          return [scope.current, inner];
        }),
      ),
    );
    expect(seen).toEqual(seen.map((_, index) => [`${index}`, `${index} inner`]));
  });

  it('works again after everybody has left, also when it ended with an error', async () => {
    const failed = scope.run('a', async () => {
      await turn();
      throw new Error('no');
    });
    await expect(failed).rejects.toThrow('no');
    const fail = (): never => {
      throw new Error('at once');
    };
    expect(() => scope.run('a', fail)).toThrow('at once');
    const again = scope.run('b', async () => {
      await turn();
      return scope.current;
    });
    expect(await again).toBe('b');
  });

  it('can be left for a part of the work', async () => {
    const seen = await scope.run('a', async () => {
      const outside = await scope.outside(async () => {
        await turn();
        return scope.current;
      });
      return [outside, scope.current];
    });
    expect(seen).toEqual([undefined, 'a']);
    expect(scope.outside(() => scope.current)).toBeUndefined();
  });

  it('costs what is done meanwhile nothing while nobody is inside', async () => {
    // What an AsyncLocalStorage costs is that it marks whatever is begun, for all that comes of it.
    const marksOfNewWork = () =>
      new Promise<number>((resolve) =>
        setImmediate(() => {
          const resource = executionAsyncResource();
          resolve(
            Object.getOwnPropertySymbols(resource).filter((symbol) =>
              String(symbol).includes('kResourceStore'),
            ).length,
          );
        }),
      );
    const before = await marksOfNewWork();
    await scope.run('a', turn);
    expect(await marksOfNewWork()).toBe(before);
    const plain = new AsyncLocalStorage<string>();
    await plain.run('a', turn);
    const withPlain = await marksOfNewWork();
    plain.disable();
    // From Node.js 24 on nothing is marked, and there is nothing to save.
    if (Number(process.versions.node.split('.')[0]) < 24) expect(withPlain).toBe(before + 1);
  });
});
