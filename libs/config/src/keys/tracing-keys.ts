import type { ConfigKey } from '../config-key.js';
import { parseCollectorHeaders, parseCollectorUrl } from '../values/collector-values.js';
import { flag, parsedText, share } from '../values/value-schemas.js';

export const tracingKeys = {
  OTEL_EXPORTER_OTLP_ENDPOINT: {
    section: 'tracing',
    doc: 'Where traces are sent to: a collector of OpenTelemetry that takes OTLP over HTTP; /v1/traces is added. One that is away or hangs delays nothing; what it does not take in time is dropped and counted.',
    schema: parsedText(parseCollectorUrl),
    optional: 'nothing is traced, and the code that would is not loaded',
    example: 'http://127.0.0.1:4318',
  },
  OTEL_EXPORTER_OTLP_HEADERS: {
    section: 'tracing',
    doc: 'Headers that the collector wants: name=value, comma-separated; what is not allowed in a value is percent-encoded.',
    schema: parsedText(parseCollectorHeaders),
    optional: 'none',
    secret: 'all',
    example: 'authorization=Bearer%20abc',
  },
  TRACE_RATIO: {
    section: 'tracing',
    doc: 'Share of the traces that begin here which are recorded, from 0 to 1. A trace is recorded whole or not at all, on every replica that it comes to.',
    schema: share,
    default: '0.1',
  },
  TRACE_CONTINUE: {
    section: 'tracing',
    doc: 'Whether a request with a traceparent goes on with the trace of its caller, which then decides whether it is recorded, and whether its baggage may carry a position. Only where callers are services of yours: otherwise each request begins a trace, which names that of the caller.',
    schema: flag,
    default: 'false',
  },
} as const satisfies Record<string, ConfigKey>;
