import { describe, expect, it } from '@jest/globals';
import { Meter, WINDOW_MS } from './meter.js';

const QUOTA = 60;
/** In which one request leaks out. */
const STEP_MS = WINDOW_MS / QUOTA;

function filled(requests: number): Meter {
  const meter = new Meter(QUOTA, 0);
  for (let request = 0; request < requests; request += 1) meter.take();
  return meter;
}

describe('Meter', () => {
  it('has room for a whole quota at once, and for as much as leaks out afterwards', () => {
    const meter = filled(QUOTA);
    expect(meter.hasRoom).toBe(false);
    expect(meter.remaining).toBe(0);
    expect(meter.roomAfterMs).toBe(STEP_MS);
    expect(meter.emptyAfterMs).toBe(WINDOW_MS);
    meter.leak(STEP_MS);
    expect(meter.hasRoom).toBe(true);
    meter.take();
    expect(meter.hasRoom).toBe(false);
    meter.leak(STEP_MS + 10 * WINDOW_MS);
    expect(meter.remaining).toBe(QUOTA);
  });

  it('tells each request once', () => {
    const meter = filled(3);
    expect(meter.tell()).toBe(3);
    expect(meter.tell()).toBe(0);
    meter.take();
    expect(meter.tell()).toBe(1);
  });

  it('learns what was asked elsewhere, and adds what was taken since it told', () => {
    const meter = filled(3);
    meter.tell();
    meter.take();
    meter.learn(50, 0);
    expect(meter.remaining).toBe(QUOTA - 51);
  });

  it('forgets nothing because the fleet has forgotten', () => {
    const meter = filled(QUOTA);
    meter.tell();
    meter.learn(0, 0);
    expect(meter.hasRoom).toBe(false);
  });

  it.each([1e12, Number.MAX_VALUE])(
    'lets a level of %p shut nobody out for more than a window',
    (level) => {
      const meter = filled(1);
      meter.tell();
      meter.learn(level, 0);
      expect(meter.hasRoom).toBe(false);
      expect(meter.roomAfterMs).toBeLessThanOrEqual(WINDOW_MS + STEP_MS);
    },
  );

  it.each([Number.NaN, Number.POSITIVE_INFINITY, -5])('ignores a level of %p', (level) => {
    const meter = filled(1);
    meter.tell();
    meter.learn(level, 0);
    expect(meter.remaining).toBe(QUOTA - 1);
  });
});
