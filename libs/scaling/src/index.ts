export { decide } from './model/deciding/decide.js';
export {
  NO_MEMORY,
  type Decision,
  type DecisionInput,
  type RoleDecision,
  type RoleNow,
  type ScalingMemory,
} from './model/deciding/decision.js';
export { MetricHistory, type MetricSample } from './model/deciding/metric-history.js';
export { parseDuration } from './model/rules/duration.js';
export { rulesSchema } from './model/rules/rules-schema.js';
export { breachText, MAX_DOCUMENT_LENGTH, readDocument } from './model/rules/read-document.js';
export { readRules } from './model/rules/read-rules.js';
export {
  CUSTOM_METRIC,
  rolesOf,
  SCALED_ROLES,
  type ScaledRole,
  type ScalingRules,
} from './model/rules/scaling-rules.js';
export { scalingErrors } from './model/scaling.errors.js';
export {
  RUNTIME_SETTINGS,
  runtimeSettingNames,
  type RuntimeSettings,
} from './model/settings/runtime-settings.js';
export { RuntimeSettingsReader } from './storefront/runtime-settings.reader.js';
export { ScalingModule } from './storefront/scaling.module.js';
export { scalingSlice } from './slice.js';
