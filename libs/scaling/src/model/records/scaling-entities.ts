import { RuntimeSettingEntity } from './runtime-setting.entity.js';
import { ScalingDecisionEntity } from './scaling-decision.entity.js';
import { ScalingLeaseEntity } from './scaling-lease.entity.js';
import { ScalingRulesEntity } from './scaling-rules.entity.js';
import { ScalingSampleEntity } from './scaling-sample.entity.js';

export const scalingEntities = [
  ScalingRulesEntity,
  ScalingLeaseEntity,
  ScalingDecisionEntity,
  ScalingSampleEntity,
  RuntimeSettingEntity,
];
