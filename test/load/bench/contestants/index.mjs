/** Who takes part with a fleet of processes. `open` loads the library only in the process that uses it. */
export const fleetContestants = {
  raw: {
    title: 'raw PUBLISH, one per batch',
    open: async (context) => (await import('./raw.mjs')).openRaw(context),
  },
  // What differs between it and the one above is noise.
  'raw-again': {
    title: 'raw PUBLISH, one per batch, once more',
    open: async (context) => (await import('./raw.mjs')).openRaw(context),
  },
  'raw-authentic': {
    title: 'raw PUBLISH, one per batch, with an authentication code',
    open: async (context) => (await import('./raw.mjs')).openRaw({ ...context, isAuthentic: true }),
  },
  'raw-single': {
    title: 'raw PUBLISH, one per key',
    open: async (context) => (await import('./raw.mjs')).openRaw({ ...context, isBatched: false }),
  },
  lockstep: {
    title: 'Lockstep, fast path',
    open: async (context) =>
      (await import('./lockstep.mjs')).openLockstep({ ...context, log: 'none' }),
  },
  'lockstep-keys': {
    title: 'Lockstep, fast path, one commit per key',
    open: async (context) =>
      (await import('./lockstep.mjs')).openLockstep({
        ...context,
        log: 'none',
        isOneCommitPerKey: true,
      }),
  },
  'lockstep-sql': {
    title: 'Lockstep with its commit on SQLite',
    open: async (context) => (await import('./lockstep.mjs')).openLockstep(context),
  },
  bentocache: {
    title: 'bentocache, bus',
    open: async (context) => (await import('./bentocache.mjs')).openBentocache(context),
  },
  cacheable: {
    title: 'cacheable sync, error listeners added',
    open: async (context) => (await import('./cacheable.mjs')).openCacheable(context),
  },
  'cacheable-documented': {
    title: 'cacheable sync as documented',
    open: async (context) =>
      (await import('./cacheable.mjs')).openCacheable({ ...context, hasErrorListeners: false }),
  },
  'layered-loader': {
    title: 'layered-loader',
    open: async (context) => (await import('./layered-loader.mjs')).openLayeredLoader(context),
  },
};
