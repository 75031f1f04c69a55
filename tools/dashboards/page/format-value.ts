interface Scale {
  /** From here on. */
  readonly from: number;
  readonly divisor: number;
  readonly suffix: string;
}

const COUNT: readonly Scale[] = [
  { from: 1e9, divisor: 1e9, suffix: ' Bil' },
  { from: 1e6, divisor: 1e6, suffix: ' Mil' },
  { from: 1e3, divisor: 1e3, suffix: ' K' },
];
const SECONDS: readonly Scale[] = [
  { from: 86_400, divisor: 86_400, suffix: ' days' },
  { from: 3_600, divisor: 3_600, suffix: ' h' },
  { from: 60, divisor: 60, suffix: ' min' },
  { from: 1, divisor: 1, suffix: ' s' },
  { from: 1e-3, divisor: 1e-3, suffix: ' ms' },
  { from: 0, divisor: 1e-6, suffix: ' µs' },
];
const BYTES: readonly Scale[] = [
  { from: 1024 ** 3, divisor: 1024 ** 3, suffix: ' GiB' },
  { from: 1024 ** 2, divisor: 1024 ** 2, suffix: ' MiB' },
  { from: 1024, divisor: 1024, suffix: ' KiB' },
  { from: 0, divisor: 1, suffix: ' B' },
];

/** A number as Grafana writes it beside an axis of this unit. */
export function formatValue(unit: string, value: number): string {
  switch (unit) {
    case 's':
      return value === 0 ? '0 s' : scaled(SECONDS, value);
    case 'ms':
      return value === 0 ? '0 ms' : scaled(SECONDS, value / 1_000);
    case 'bytes':
      return scaled(BYTES, value);
    case 'percentunit':
      return `${rounded(value * 100)}%`;
    case 'bool':
      return value === 0 ? 'False' : 'True';
    case 'reqps':
      return `${scaled(COUNT, value)} req/s`;
    case 'ops':
      return `${scaled(COUNT, value)} ops/s`;
    default:
      return scaled(COUNT, value);
  }
}

function scaled(scales: readonly Scale[], value: number): string {
  const size = Math.abs(value);
  const { divisor, suffix } = scales.find(({ from }) => size >= from) ?? { divisor: 1, suffix: '' };
  return `${rounded(value / divisor)}${suffix}`;
}

/** Three digits that tell something, and no zeros after them. */
function rounded(value: number): string {
  return String(Number(value.toPrecision(3)));
}
