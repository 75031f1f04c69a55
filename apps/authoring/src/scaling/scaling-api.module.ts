import { Module } from '@nestjs/common';
import { ScalingAuthoringModule } from '#authoring/scaling';
import { RuntimeSettingController } from './runtime-setting.controller.js';
import { ScalingDecisionController } from './scaling-decision.controller.js';
import { ScalingRulesController } from './scaling-rules.controller.js';

/** `/scaling`. */
@Module({
  imports: [ScalingAuthoringModule],
  controllers: [ScalingRulesController, ScalingDecisionController, RuntimeSettingController],
})
export class ScalingApiModule {}
