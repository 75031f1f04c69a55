export { cacheErrors } from './cache.errors.js';
export { CacheModule } from './cache.module.js';
export { CacheStatus, type CacheSnapshot } from './cache-status.js';
export { composeCache } from './compose-cache.js';
export { CoherentCache, type DeclaredReader, type ReaderState } from './coherent-cache.js';
export { CachedReader } from './core/reading/cached-reader.js';
export {
  EVERYTHING,
  refreshTag,
  regionTag,
  type AppliedListener,
} from './core/following/coherence.js';
export { LOG_SOURCE, type LogExcerpt, type LogSource } from './core/following/log-source.js';
export { PositionLedger } from './core/following/position-ledger.js';
export { Follower } from './core/following/follower.js';
export type { LoadContext } from './core/loads/load.js';
export {
  currentObserver,
  observeReads,
  ReadObserver,
  unobserved,
} from './core/reading/read-observer.js';
export {
  OutputCache,
  type ObtainedOutput,
  type OutputLife,
  type OutputName,
  type OutputReviver,
  type OutputRequest,
} from './output/output-cache.js';
export type { Weighed } from './core/entries/estimate-bytes.js';
export { inspectionSchema, type EntryReport, type Inspection } from './inspection/entry-report.js';
export { jsonKey, keyPart, textKey, type KeyFields } from './key-codec.js';
export { SharedCache } from './shared/shared-cache.js';
export type { SharedLock } from './shared/shared-lock.js';
export type { SharedEnvironment } from './shared/shared-environment.js';
export type {
  PutOptions,
  SharedEntry,
  SharedRegion,
  SharedRegionOptions,
  SharedValue,
} from './shared/shared-region.js';
export type { LockOutcome } from './shared/take-lock.js';
export {
  SHARED_STORE,
  type ExpectedVersion,
  type ExtendOutcome,
  type PutOutcome,
  type ReadOutcome,
  type ReleaseOutcome,
  type RemoveOutcome,
  type SeriesMember,
  type SharedAddress,
  type SharedStore,
  type SharedVersion,
  type SharedWrite,
  type TakeOutcome,
} from './shared/shared-store.js';
export { SharedSeries, type SharedSeriesOptions } from './shared/shared-series.js';
export type { SampledEntry } from './core/entries/sampled-entry.js';
export { AnnouncementSeal } from './core/publishing/announcement-seal.js';
export { afterAwake } from './core/time/awake-timeout.js';
export { pause } from './core/time/pause.js';
export { systemScheduler, type Scheduler } from './core/time/scheduler.js';
export { TurnClock } from './core/time/turn-clock.js';
export { provide, type PortToken } from './provide.js';
export type { PublishingConnection, SubscribingConnection } from './redis-backplane.js';
export { concernsPlan, planFromCache, type ReadPlan } from './core/reading/read-plan.js';
export type { RecordMemory } from './records/record-memory.js';
export { asJson, type RecordPolicy } from './records/record-policy.js';
