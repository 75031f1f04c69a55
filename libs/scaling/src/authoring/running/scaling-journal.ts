import { Injectable } from '@nestjs/common';
import type { Transaction } from '#libs/database';
import type { Decision } from '../../model/deciding/decision.js';
import { RuntimeSettingEditor } from '../settings/runtime-setting.editor.js';
import { ScalingDecisionRepository, type RecordedDecision } from './scaling-decision.repository.js';
import type { ScalingOutcome } from './scaling-lease.repository.js';

/** Who learns what rules notify, and what they advise. */
const AUDIENCE = 'permission:scaling:rules:read';

/** Writes down what was decided, and does what can be done at once: settings and notifications. */
@Injectable()
export class ScalingJournal {
  constructor(
    private readonly decisions: ScalingDecisionRepository,
    private readonly settings: RuntimeSettingEditor,
  ) {}

  /** `before` is what the decision before left behind: advice is given once, and not at every evaluation. */
  async write(
    tx: Transaction,
    { memory: _memory, ...decision }: Decision,
    about: Pick<RecordedDecision, 'fence' | 'rulesVersion' | 'mode'>,
    before: ScalingOutcome,
  ): Promise<void> {
    const scaled = decision.roles.filter(({ current, desired }) => current !== desired);
    const isChange = scaled.length + decision.settings.length + decision.notifications.length > 0;
    await this.decisions.insert(tx, { ...about, isChange, decision });
    for (const { rule, message } of decision.notifications) {
      tx.notify(AUDIENCE, { type: 'scaling.notice', payload: { rule, message } });
    }
    if (about.mode !== 'act') {
      for (const { role, current, desired, because } of scaled) {
        if (before.mode === about.mode && before.desired[role] === desired) continue;
        const payload = { role, current, desired, because: [...because] };
        tx.notify(AUDIENCE, { type: 'scaling.advice', payload });
      }
      return;
    }
    for (const { role, current, desired, because } of scaled) {
      tx.audit({
        action: 'scaling:role:scale',
        entity: 'role',
        entityId: role,
        before: { replicas: current },
        after: { replicas: desired, because, rulesVersion: about.rulesVersion },
      });
    }
    for (const { setting, isOn, rule } of decision.settings) {
      await this.settings.switch(tx, setting, isOn, `rule ${rule}`);
    }
  }
}
