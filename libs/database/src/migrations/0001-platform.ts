import type { ColumnTypes } from '../schema/column-types.js';
import { PortableMigration } from './portable-migration.js';

/** What every area needs: the write lock, the effects of units of work, schedules, the replica list. */
export class Platform1730000000001 extends PortableMigration {
  readonly name = 'Platform1730000000001';

  protected readonly tables = [
    'write_lock',
    'invalidation_log',
    'invalidation_log_floor',
    'job',
    'inbox',
    'schedule',
    'notification',
    'notification_read',
    'audit_log',
    'replica',
  ];

  protected statements(t: ColumnTypes): readonly string[] {
    return [
      `CREATE TABLE write_lock (id ${t.integer} NOT NULL PRIMARY KEY)`,

      `CREATE TABLE invalidation_log (
        position ${t.identity},
        tags_json ${t.longText} NOT NULL,
        origin ${t.key(100)} NOT NULL,
        committed_at ${t.integer} NOT NULL
      )`,
      `CREATE TABLE invalidation_log_floor (
        id ${t.integer} NOT NULL PRIMARY KEY,
        position ${t.integer} NOT NULL
      )`,
      `INSERT INTO invalidation_log_floor (id, position) VALUES (1, 0)`,

      `CREATE TABLE job (
        id ${t.id} NOT NULL PRIMARY KEY,
        name ${t.key(100)} NOT NULL,
        version ${t.integer} NOT NULL,
        queue ${t.key(120)} NOT NULL,
        payload_json ${t.longText} NOT NULL,
        state ${t.key(20)} NOT NULL,
        attempts ${t.integer} NOT NULL,
        max_attempts ${t.integer} NOT NULL,
        run_token ${t.integer} NOT NULL,
        progress_json ${t.longText},
        result_json ${t.longText},
        error_json ${t.longText},
        dedupe_key ${t.key(200)},
        requested_by ${t.id},
        request_id ${t.key(100)},
        traceparent ${t.key(100)},
        cancel_requested ${t.flag} NOT NULL,
        available_at ${t.integer} NOT NULL,
        created_at ${t.integer} NOT NULL,
        dispatched_at ${t.integer},
        checked_at ${t.integer},
        started_at ${t.integer},
        finished_at ${t.integer},
        claimed_by ${t.key(100)},
        claimed_until ${t.integer}
      )`,
      `CREATE INDEX ix_job_state ON job (state, available_at)`,
      `CREATE INDEX ix_job_created ON job (created_at, id)`,
      `CREATE INDEX ix_job_dedupe ON job (dedupe_key, queue) WHERE dedupe_key IS NOT NULL`,

      `CREATE TABLE inbox (
        job_id ${t.id} NOT NULL,
        step ${t.key(100)} NOT NULL,
        done_at ${t.integer} NOT NULL,
        CONSTRAINT pk_inbox PRIMARY KEY (job_id, step)
      )`,

      `CREATE TABLE schedule (
        name ${t.key(100)} NOT NULL PRIMARY KEY,
        cron ${t.key(100)} NOT NULL,
        enabled ${t.flag} NOT NULL,
        next_at ${t.integer} NOT NULL,
        last_at ${t.integer},
        last_job_id ${t.id}
      )`,

      `CREATE TABLE notification (
        id ${t.identity},
        audience ${t.key(150)} NOT NULL,
        type ${t.key(100)} NOT NULL,
        payload_json ${t.longText} NOT NULL,
        created_at ${t.integer} NOT NULL
      )`,
      `CREATE INDEX ix_notification_audience ON notification (audience, id)`,
      `CREATE TABLE notification_read (
        notification_id ${t.integer} NOT NULL,
        user_id ${t.id} NOT NULL,
        read_at ${t.integer} NOT NULL,
        CONSTRAINT pk_notification_read PRIMARY KEY (notification_id, user_id)
      )`,

      `CREATE TABLE audit_log (
        id ${t.id} NOT NULL PRIMARY KEY,
        at ${t.integer} NOT NULL,
        actor_kind ${t.key(20)} NOT NULL,
        actor_id ${t.id},
        request_id ${t.key(100)},
        action ${t.key(100)} NOT NULL,
        entity ${t.key(60)} NOT NULL,
        entity_id ${t.key(100)} NOT NULL,
        before_json ${t.longText},
        after_json ${t.longText}
      )`,
      `CREATE INDEX ix_audit_log_at ON audit_log (at, id)`,
      `CREATE INDEX ix_audit_log_entity ON audit_log (entity, entity_id, at)`,

      `CREATE TABLE replica (
        id ${t.key(100)} NOT NULL PRIMARY KEY,
        role ${t.key(20)} NOT NULL,
        version ${t.key(40)} NOT NULL,
        url ${t.key(300)},
        started_at ${t.integer} NOT NULL,
        seen_at ${t.integer} NOT NULL,
        status_json ${t.longText} NOT NULL
      )`,
    ];
  }
}
