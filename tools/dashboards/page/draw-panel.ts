import { escapeHtml } from '#libs/kernel';
import { chartSvg } from './chart-svg.js';
import { formatValue } from './format-value.js';
import type { GrafanaPanel } from './grafana-dashboard.js';
import { legendOf } from './panel-query.js';
import type { RangeAnswer, Series, TimeRange } from './prometheus-client.js';

/** Of Grafana's classic palette. */
const COLOURS = [
  '#73bf69',
  '#f2cc0c',
  '#5794f2',
  '#ff9830',
  '#ff5c6c',
  '#b877d9',
  '#37cdc9',
  '#ff85f3',
  '#c8a27a',
  '#a0b6c8',
];

interface NamedSeries extends Series {
  readonly name: string;
  readonly colour: string;
}

/**
 * A panel with what its queries were answered, in their order. `data-state` says whether it is `drawn`, `empty` (Prometheus
 * has nothing of it in this time) or `refused`.
 */
export function drawPanel(
  panel: GrafanaPanel,
  answers: readonly RangeAnswer[],
  range: TimeRange,
): string {
  const refusals = answers.flatMap((answer) => ('refusal' in answer ? [answer.refusal] : []));
  const series = namedSeries(panel, answers);
  const state = refusals.length > 0 ? 'refused' : series.length > 0 ? 'drawn' : 'empty';
  const { title, description, unit, limit } = panel;
  const body =
    series.length > 0
      ? chartSvg({
          title,
          unit,
          limit,
          range,
          lines: series.map(({ points, colour }) => ({ points, colour })),
        }) + legendTable(series, unit)
      : '';
  const empty = state === 'empty' ? '<p class="empty">No data</p>' : '';
  const said = refusals.map((refusal) => `<p class="refusal">${escapeHtml(refusal)}</p>`).join('');
  const line =
    limit === undefined
      ? ''
      : ` <span class="limit-text">Line at ${escapeHtml(formatValue(unit, limit))}.</span>`;
  return `<section data-state="${state}" data-series="${series.length}">
<h2>${escapeHtml(title)}</h2>
<p class="about">${escapeHtml(description)}${line}</p>
${body}${empty}${said}
</section>`;
}

function namedSeries(
  { targets }: GrafanaPanel,
  answers: readonly RangeAnswer[],
): readonly NamedSeries[] {
  const found = targets.flatMap(({ legendFormat }, index) => {
    const answer = answers[index];
    if (answer === undefined || 'refusal' in answer) return [];
    return answer.series
      .filter(({ points }) => points.length > 0)
      .map((series) => ({ ...series, name: legendOf(legendFormat, series.labels) }));
  });
  return found.map((series, index) => ({
    ...series,
    colour: COLOURS[index % COLOURS.length] ?? 'gray',
  }));
}

function legendTable(series: readonly NamedSeries[], unit: string): string {
  const rows = series.map(({ name, colour, points }) => {
    const values = points.map(({ value }) => value);
    const last = formatValue(unit, values.at(-1) ?? 0);
    const most = formatValue(
      unit,
      values.reduce((max, value) => Math.max(max, value)),
    );
    return `<tr><th><i style="background:${colour}"></i>${escapeHtml(name)}</th><td>${escapeHtml(last)}</td><td>${escapeHtml(most)}</td></tr>`;
  });
  return `<div class="legend"><table><tr><th></th><td>last</td><td>max</td></tr>${rows.join('')}</table></div>`;
}
