import type { ColumnTypes } from '../schema/column-types.js';
import { PortableMigration } from './portable-migration.js';

/** Scaling rules with their history, what was measured and decided, and what can be switched off at load. */
export class Scaling1730000000015 extends PortableMigration {
  readonly name = 'Scaling1730000000015';

  protected readonly tables = [
    'scaling_rules',
    'scaling_lease',
    'scaling_decision',
    'scaling_sample',
    'runtime_setting',
  ];

  protected statements(t: ColumnTypes): readonly string[] {
    return [
      `CREATE TABLE scaling_rules (
        version ${t.integer} NOT NULL PRIMARY KEY,
        content ${t.longText} NOT NULL,
        author ${t.text(200)},
        created_at ${t.integer} NOT NULL
      )`,
      `CREATE TABLE scaling_lease (
        id ${t.key(20)} NOT NULL PRIMARY KEY,
        holder ${t.key(110)} NOT NULL,
        fence ${t.integer} NOT NULL,
        expires_at ${t.integer} NOT NULL,
        outcome_json ${t.longText} NOT NULL,
        decided_at ${t.integer} NOT NULL
      )`,
      `CREATE TABLE scaling_decision (
        id ${t.id} NOT NULL PRIMARY KEY,
        decided_at ${t.integer} NOT NULL,
        fence ${t.integer} NOT NULL,
        rules_version ${t.integer} NOT NULL,
        mode ${t.key(10)} NOT NULL,
        is_change ${t.flag} NOT NULL,
        content_json ${t.longText} NOT NULL
      )`,
      `CREATE INDEX ix_scaling_decision_decided ON scaling_decision (decided_at, id)`,
      `CREATE TABLE scaling_sample (
        id ${t.id} NOT NULL PRIMARY KEY,
        sampled_at ${t.integer} NOT NULL,
        role ${t.key(20)} NOT NULL,
        metric ${t.key(80)} NOT NULL,
        value_text ${t.key(40)} NOT NULL
      )`,
      `CREATE INDEX ix_scaling_sample_sampled ON scaling_sample (sampled_at, id)`,
      `CREATE TABLE runtime_setting (
        name ${t.key(60)} NOT NULL PRIMARY KEY,
        is_on ${t.flag} NOT NULL,
        changed_by ${t.text(200)} NOT NULL,
        changed_at ${t.integer} NOT NULL
      )`,
    ];
  }
}
