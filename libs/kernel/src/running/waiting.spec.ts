import { describe, expect, it } from '@jest/globals';
import { delay, exponentialBackoffMs, withDeadline } from './waiting.js';

describe('waiting', () => {
  it('rejects when the deadline passes before the promise settles', async () => {
    const never = new Promise<void>(() => undefined);
    await expect(withDeadline(never, 5, 'the lookup')).rejects.toMatchObject({
      code: 'kernel.deadline-exceeded',
      message: 'the lookup took longer than 5 ms',
    });
  });

  it('passes a result or a failure through unchanged', async () => {
    await expect(withDeadline(Promise.resolve(7), 1000, 'x')).resolves.toBe(7);
    await expect(withDeadline(Promise.reject(new Error('no')), 1000, 'x')).rejects.toThrow('no');
  });

  it('ends a delay early when the signal fires', async () => {
    const controller = new AbortController();
    const waiting = delay(60_000, controller.signal);
    controller.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'kernel.aborted' });
    await expect(delay(60_000, AbortSignal.abort())).rejects.toMatchObject({
      code: 'kernel.aborted',
    });
  });

  it('backs off exponentially within half and all of the ceiling', () => {
    const policy = { baseMs: 100, factor: 2, maxMs: 1000 };
    expect(exponentialBackoffMs(policy, 1, () => 0)).toBe(50);
    expect(exponentialBackoffMs(policy, 3, () => 1)).toBe(400);
    expect(exponentialBackoffMs(policy, 20, () => 1)).toBe(1000);
  });
});
