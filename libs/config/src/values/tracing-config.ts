import type { CollectorHeaders, CollectorUrl } from './collector-values.js';
import type { ConfigValues } from '../config-table.js';

/** Which traces are recorded, and where they go to. */
export class TracingConfig {
  /** Undefined: nothing is traced. */
  readonly collector:
    { readonly url: CollectorUrl; readonly headers: CollectorHeaders } | undefined;
  /** Share of the traces begun here that are recorded. */
  readonly ratio: number;
  /** Whether the traces of callers, and the position in their baggage, are gone on with. */
  readonly continuesCallers: boolean;

  constructor(values: ConfigValues) {
    const { OTEL_EXPORTER_OTLP_ENDPOINT: url, OTEL_EXPORTER_OTLP_HEADERS: headers = {} } = values;
    this.collector = url === undefined ? undefined : { url, headers };
    this.ratio = values.TRACE_RATIO;
    this.continuesCallers = values.TRACE_CONTINUE;
  }
}
