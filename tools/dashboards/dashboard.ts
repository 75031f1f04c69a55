/** What Grafana writes beside the numbers of an axis. */
export type PanelUnit = 'short' | 's' | 'ms' | 'bytes' | 'reqps' | 'ops' | 'percentunit' | 'bool';

export interface PanelQuery {
  /** PromQL. `$role` and `$instance` are chosen above the panels, `$__rate_interval` is Grafana's. */
  readonly expr: string;
  /** Of the labels of a series, as `{{label}}`. */
  readonly legend: string;
}

export interface Panel {
  readonly title: string;
  /** What to think of it, for the person who looks at it at night. */
  readonly about: string;
  readonly unit: PanelUnit;
  readonly queries: readonly PanelQuery[];
  /** A line is drawn here: what is above it is worth a look. */
  readonly limit?: number;
}

/** What one dashboard shows, in the order of the page. */
export interface Dashboard {
  readonly name: string;
  readonly title: string;
  readonly panels: readonly Panel[];
}
