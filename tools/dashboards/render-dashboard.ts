import type { Dashboard, Panel } from './dashboard.js';

const COLUMNS = 24;
const PANEL = { w: 12, h: 8 };
/** As docker/grafana/datasources.yml names it. */
const DATASOURCE = { type: 'prometheus', uid: 'prometheus' };
/** Of the model of dashboards; Grafana brings older ones up to date by itself. */
const SCHEMA_VERSION = 39;

/** The dashboard as Grafana reads it from a file: the same text for the same description. */
export function renderDashboard({ name, title, panels }: Dashboard): object {
  return {
    uid: `lockstep-${name}`,
    title: `Lockstep: ${title}`,
    tags: ['lockstep'],
    editable: false,
    schemaVersion: SCHEMA_VERSION,
    refresh: '15s',
    time: { from: 'now-1h', to: 'now' },
    // The same moment in every panel.
    graphTooltip: 1,
    links: [{ type: 'dashboards', tags: ['lockstep'], title: 'Lockstep', asDropdown: true }],
    templating: {
      list: [variable('role', 'label_values(lockstep_replica_info, role)'), replicaVariable()],
    },
    panels: panels.map(renderPanel),
  };
}

function variable(name: string, query: string): object {
  return {
    name,
    type: 'query',
    datasource: DATASOURCE,
    query: { query, refId: name },
    refresh: 2,
    multi: true,
    includeAll: true,
    allValue: '.*',
    current: { text: 'All', value: '$__all' },
  };
}

function replicaVariable(): object {
  return variable('instance', 'label_values(lockstep_replica_info{role=~"$role"}, instance)');
}

function renderPanel({ title, about, unit, queries, limit }: Panel, index: number): object {
  const perRow = COLUMNS / PANEL.w;
  const isLimited = limit !== undefined;
  const steps = [
    { color: 'green', value: null },
    ...(isLimited ? [{ color: 'red', value: limit }] : []),
  ];
  return {
    id: index + 1,
    type: 'timeseries',
    title,
    description: about,
    datasource: DATASOURCE,
    gridPos: {
      ...PANEL,
      x: (index % perRow) * PANEL.w,
      y: Math.floor(index / perRow) * PANEL.h,
    },
    fieldConfig: {
      defaults: {
        unit,
        min: 0,
        thresholds: { mode: 'absolute', steps },
        custom: {
          drawStyle: 'line',
          fillOpacity: 10,
          showPoints: 'never',
          spanNulls: false,
          thresholdsStyle: { mode: isLimited ? 'line' : 'off' },
        },
      },
      overrides: [],
    },
    options: {
      legend: { displayMode: 'table', placement: 'bottom', calcs: ['lastNotNull', 'max'] },
      tooltip: { mode: 'multi', sort: 'desc' },
    },
    targets: queries.map(({ expr, legend }, at) => ({
      refId: String.fromCodePoint('A'.charCodeAt(0) + at),
      datasource: DATASOURCE,
      expr,
      legendFormat: legend,
    })),
  };
}
