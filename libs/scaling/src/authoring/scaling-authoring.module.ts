import { Module } from '@nestjs/common';
import { DatabaseModule } from '#libs/database';
import { scalingEntities } from '../model/records/scaling-entities.js';
import { RuntimeSettingsLookup } from '../model/settings/runtime-settings-lookup.js';
import { ScalingRulesEditor } from './rules/scaling-rules.editor.js';
import { ScalingRulesRepository } from './rules/scaling-rules.repository.js';
import { FleetMeasurements } from './running/fleet-measurements.js';
import { ScalingDecider } from './running/scaling-decider.js';
import { ScalingDecisionRepository } from './running/scaling-decision.repository.js';
import { ScalingEvaluator } from './running/scaling-evaluator.js';
import { ScalingJournal } from './running/scaling-journal.js';
import { ScalingLeaseRepository } from './running/scaling-lease.repository.js';
import { ScalingPruner } from './running/scaling.pruner.js';
import { ScalingRunner } from './running/scaling-runner.js';
import { ScalingSampleRepository } from './running/scaling-sample.repository.js';
import { ScalingDirectory } from './scaling.directory.js';
import { ScalingGauges } from './scaling-gauges.js';
import { RuntimeSettingEditor } from './settings/runtime-setting.editor.js';

/** Decides by the scaling rules, and what staff do with them. Needs the fleet and the jobs beside it. */
@Module({
  imports: [DatabaseModule.forEntities(scalingEntities)],
  providers: [
    RuntimeSettingsLookup,
    RuntimeSettingEditor,
    ScalingRulesRepository,
    ScalingRulesEditor,
    ScalingLeaseRepository,
    ScalingDecisionRepository,
    ScalingSampleRepository,
    FleetMeasurements,
    ScalingEvaluator,
    ScalingJournal,
    ScalingDecider,
    ScalingRunner,
    ScalingPruner,
    ScalingDirectory,
    ScalingGauges,
  ],
  exports: [ScalingDirectory, ScalingRulesEditor, ScalingRunner, RuntimeSettingEditor],
})
export class ScalingAuthoringModule {}
