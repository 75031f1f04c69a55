export type { StoredRules } from './authoring/rules/scaling-rules.repository.js';
export { ScalingRulesEditor } from './authoring/rules/scaling-rules.editor.js';
export type { RecordedDecision } from './authoring/running/scaling-decision.repository.js';
export { ScalingRunner } from './authoring/running/scaling-runner.js';
export { ScalingDirectory } from './authoring/scaling.directory.js';
export { ScalingAuthoringModule } from './authoring/scaling-authoring.module.js';
export { RuntimeSettingEditor } from './authoring/settings/runtime-setting.editor.js';
export { scalingAuthoringSlice } from './authoring/slice.js';
