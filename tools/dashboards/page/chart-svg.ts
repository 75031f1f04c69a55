import { escapeHtml } from '#libs/kernel';
import { axisSteps } from './axis-steps.js';
import { formatValue } from './format-value.js';
import type { Point, TimeRange } from './prometheus-client.js';

const WIDTH = 720;
const HEIGHT = 220;
const MARGIN = { left: 84, right: 16, top: 10, bottom: 24 };
const TICKS = 5;
/** A step that is missing is a gap; so much later is not yet one. */
const GAP_STEPS = 1.5;

export interface ChartLine {
  readonly points: readonly Point[];
  readonly colour: string;
}

export interface Chart {
  readonly title: string;
  readonly unit: string;
  readonly range: TimeRange;
  readonly lines: readonly ChartLine[];
  readonly limit: number | undefined;
}

/** Draws lines over time, from 0 to the largest value. The line of the limit is there when it lies within that. */
export function chartSvg({ title, unit, range, lines, limit }: Chart): string {
  const values = lines.flatMap(({ points }) => points.map(({ value }) => value));
  const steps = axisSteps(
    values.reduce((most, value) => Math.max(most, value), 0),
    unit,
  );
  const top = steps.at(-1) ?? 1;
  const x = (atS: number) =>
    MARGIN.left +
    ((atS - range.startS) / (range.endS - range.startS)) * (WIDTH - MARGIN.left - MARGIN.right);
  const y = (value: number) =>
    HEIGHT - MARGIN.bottom - (value / top) * (HEIGHT - MARGIN.top - MARGIN.bottom);
  const place = ({ atS, value }: Point) => `${x(atS).toFixed(1)},${y(value).toFixed(1)}`;
  const [left, right] = [MARGIN.left, WIDTH - MARGIN.right];
  const level = (name: string, at: number) =>
    `<line class="${name}" x1="${left}" x2="${right}" y1="${at.toFixed(1)}" y2="${at.toFixed(1)}"/>`;
  const rows = steps.map(
    (value) =>
      `${level('grid', y(value))}<text class="value" x="${left - 8}" y="${(y(value) + 4).toFixed(1)}">${escapeHtml(formatValue(unit, value))}</text>`,
  );
  const times = Array.from({ length: TICKS + 1 }, (_none, index) => {
    const atS = range.startS + ((range.endS - range.startS) * index) / TICKS;
    return `<text class="time" x="${x(atS).toFixed(1)}" y="${HEIGHT - 6}">${timeOf(atS, range)}</text>`;
  });
  const mark = (stretch: readonly Point[], colour: string) => {
    const places = stretch.map(place);
    return places.length === 1
      ? `<path class="series" stroke="${colour}" d="M${places[0]}h0"/>`
      : `<polyline class="series" stroke="${colour}" points="${places.join(' ')}"/>`;
  };
  const drawn = lines.flatMap(({ points, colour }) =>
    stretches(points, range.stepS).map((stretch) => mark(stretch, colour)),
  );
  const limitLine = limit === undefined || limit > top ? '' : level('limit', y(limit));
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escapeHtml(title)}">${[...rows, ...times, limitLine, ...drawn].join('')}</svg>`;
}

/** Points without a gap between them. */
function stretches(points: readonly Point[], stepS: number): Point[][] {
  const found: Point[][] = [];
  for (const point of points) {
    const last = found.at(-1);
    const before = last?.at(-1);
    if (last === undefined || before === undefined || point.atS - before.atS > GAP_STEPS * stepS) {
      found.push([point]);
    } else last.push(point);
  }
  return found;
}

/** UTC; with seconds where minutes would repeat. */
function timeOf(atS: number, { startS, endS }: TimeRange): string {
  const text = new Date(atS * 1_000).toISOString();
  return endS - startS < TICKS * 60 ? text.slice(11, 19) : text.slice(11, 16);
}
