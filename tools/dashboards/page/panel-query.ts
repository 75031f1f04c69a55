/** Which replicas are looked at; none chosen is all. */
export interface Chosen {
  readonly role: readonly string[];
  readonly instance: readonly string[];
}

/** What Grafana makes of a query before it asks: chosen values are texts, not patterns. */
export function panelQuery(expr: string, { role, instance }: Chosen, rateS: number): string {
  return expr
    .replaceAll('$__rate_interval', `${rateS}s`)
    .replaceAll('$role', () => pattern(role))
    .replaceAll('$instance', () => pattern(instance));
}

/** Of a legend such as `{{role}} {{instance}}`; without one Grafana writes all labels. */
export function legendOf(format: string, labels: Readonly<Record<string, string>>): string {
  return format.replace(/\{\{\s*(\w+)\s*\}\}/g, (_all, label: string) => labels[label] ?? '');
}

/** Four scrapes at least, or a rate has too few to be one; and one more than a step, so that none is passed over. */
export function rateIntervalS(stepS: number, scrapeS: number): number {
  return Math.max(stepS + scrapeS, 4 * scrapeS);
}

function pattern(values: readonly string[]): string {
  if (values.length === 0) return '.*';
  const literal = values.map((value) => value.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  // Within a text of PromQL a backslash, a quote and an end of line are written as in Go.
  return JSON.stringify(literal.join('|')).slice(1, -1);
}
