export { fleetErrors } from './fleet.errors.js';
export { FleetModule } from './fleet.module.js';
export { FleetInspector } from './inspection/fleet-inspector.js';
export { refreshCacheJob } from './refresh/refresh-cache.job.js';
export { replicaStatusSchema, type ReplicaRecord } from './replicas/replica-record.js';
export { ReplicaRegistry } from './replicas/replica-registry.js';
export { SamplingVerifier } from './verification/sampling-verifier.js';
