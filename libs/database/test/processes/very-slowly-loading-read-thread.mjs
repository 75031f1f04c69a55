// The same, for six seconds.
globalThis.loadsForMs = 6_000;
await import('./slowly-loading-read-thread.mjs');
