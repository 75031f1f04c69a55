const STEPS = [1, 2, 2.5, 5, 10];
const MOST = 5;

/**
 * Where the lines of an axis from 0 are: at most six, at round numbers, the last at or above `max`. Of bytes they are
 * round in powers of two; what is true or false has no steps between.
 */
export function axisSteps(max: number, unit: string): number[] {
  if (unit === 'bool') return [0, 1];
  // Of what is smaller no round step can be told apart from 0.
  const top = max > Number.MIN_VALUE * 1e20 ? max : 1;
  const base = unit === 'bytes' ? 1024 ** Math.floor(Math.log(top) / Math.log(1024)) : 1;
  const step = roundStep(top / base / MOST) * base;
  const count = Math.ceil(top / step - 1e-9);
  return Array.from({ length: count + 1 }, (_none, index) => index * step);
}

function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  const step = STEPS.find((each) => each * power >= least * (1 - 1e-9)) ?? 10;
  return step * power;
}
