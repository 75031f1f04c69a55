// The same, for three seconds.
globalThis.loadsForMs = 3_000;
await import('./slowly-loading-read-thread.mjs');
