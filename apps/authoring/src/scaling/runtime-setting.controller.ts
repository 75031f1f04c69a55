import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { RuntimeSettingEditor } from '#authoring/scaling';
import { Answers, RequirePermission } from '#libs/http';
import { RUNTIME_SETTINGS, runtimeSettingNames, type RuntimeSettings } from '#libs/scaling';
import { z } from 'zod';

const settingParams = z.strictObject({ name: z.string().max(60) });
const settingBody = z.strictObject({ isOn: z.boolean() });
const settingsAnswer = z.object({
  items: z.array(z.object({ name: z.string(), isOn: z.boolean(), description: z.string() })),
});
type SettingsAnswer = z.infer<typeof settingsAnswer>;

/** What can be switched off while the shop runs. */
@ApiTags('Scaling')
@Controller('scaling/settings')
export class RuntimeSettingController {
  constructor(private readonly editor: RuntimeSettingEditor) {}

  @Get()
  @RequirePermission('scaling:rules:read')
  @ApiOperation({ summary: 'List what can be switched off' })
  @Answers(200, settingsAnswer, 'Everything, on or off.')
  async list(): Promise<SettingsAnswer> {
    return settingsAnswerOf(await this.editor.get());
  }

  @Put(':name')
  @RequirePermission('scaling:setting:update')
  @ApiOperation({ summary: 'Switch a part of the shop off or on' })
  @Answers(200, settingsAnswer, 'In force on every replica within milliseconds.')
  async set(
    @Param({ schema: settingParams }) { name }: z.infer<typeof settingParams>,
    @Body({ schema: settingBody }) { isOn }: z.infer<typeof settingBody>,
  ): Promise<SettingsAnswer> {
    return settingsAnswerOf(await this.editor.set(name, isOn));
  }
}

function settingsAnswerOf(settings: RuntimeSettings): SettingsAnswer {
  return {
    items: runtimeSettingNames.map((name) => ({
      name,
      isOn: settings[name],
      description: RUNTIME_SETTINGS[name],
    })),
  };
}
