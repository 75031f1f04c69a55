import type { Panel, PanelQuery, PanelUnit } from './dashboard.js';

/** The replicas that are chosen above the panels. */
const HERE = 'role=~"$role",instance=~"$instance"';

export const rate = (metric: string, by: string, more = ''): string =>
  `sum by (${by}) (rate(${metric}{${HERE}${more}}[$__rate_interval]))`;

export const now = (how: 'sum' | 'max' | 'min', metric: string, by: string, more = ''): string =>
  `${how} by (${by}) (${metric}{${HERE}${more}})`;

export const quantile = (share: number, metric: string, by: string): string =>
  `histogram_quantile(${share}, ${rate(`${metric}_bucket`, `${by},le`)})`;

export const one = (legend: string, expr: string): PanelQuery => ({ legend, expr });

export const panel = (
  title: string,
  unit: PanelUnit,
  about: string,
  queries: readonly PanelQuery[],
  limit?: number,
): Panel => ({ title, unit, about, queries, ...(limit !== undefined && { limit }) });

export const REPLICA = '{{role}} {{instance}}';
