export { cacheErrors } from './cache.errors.js';
export { CacheModule } from './cache.module.js';
export { CacheStatus, type CacheSnapshot } from './cache-status.js';
export { CoherentCache, type ReaderState } from './coherent-cache.js';
export { CachedReader } from './core/reading/cached-reader.js';
export { EVERYTHING, refreshTag, regionTag } from './core/following/coherence.js';
export { Follower } from './core/following/follower.js';
export type { LoadContext } from './core/loads/load.js';
export { currentObserver, observeReads, ReadObserver } from './core/reading/read-observer.js';
export {
  OutputCache,
  type ObtainedOutput,
  type OutputLife,
  type OutputName,
  type OutputReviver,
  type OutputRequest,
} from './output/output-cache.js';
export type { Weighed } from './core/entries/estimate-bytes.js';
export type { EntryReport } from './fleet/entry-report.js';
export { FleetInspector } from './fleet/fleet-inspector.js';
export { replicaStatusSchema, type ReplicaRecord } from './fleet/replica-record.js';
export { ReplicaRegistry } from './fleet/replica-registry.js';
export type { ReaderPolicy } from './core/reading/reader-policy.js';
export { SharedCache } from './shared/shared-cache.js';
export type { SharedLock } from './shared/shared-lock.js';
export type {
  LockOutcome,
  PutOptions,
  SharedEntry,
  SharedEnvironment,
  SharedRegion,
  SharedRegionOptions,
  SharedValue,
} from './shared/shared-region.js';
export {
  SHARED_STORE,
  type ExpectedVersion,
  type ExtendOutcome,
  type PutOutcome,
  type ReadOutcome,
  type ReleaseOutcome,
  type RemoveOutcome,
  type SharedAddress,
  type SharedStore,
  type SharedVersion,
  type SharedWrite,
  type TakeOutcome,
} from './shared/shared-store.js';
export { SamplingVerifier } from './verify/sampling-verifier.js';
