import type { ColumnTypes } from '../schema/column-types.js';
import { PortableMigration } from './portable-migration.js';

/** Staff: users, roles, sessions, API keys. Tokens are stored as SHA-256, passwords as argon2id. */
export class Identity1730000000002 extends PortableMigration {
  readonly name = 'Identity1730000000002';

  protected readonly tables = ['role', 'staff_user', 'staff_user_role', 'staff_session', 'api_key'];

  protected statements(t: ColumnTypes): readonly string[] {
    return [
      `CREATE TABLE role (
        id ${t.id} NOT NULL PRIMARY KEY,
        name ${t.key(100)} NOT NULL,
        permissions_json ${t.longText} NOT NULL,
        version ${t.integer} NOT NULL,
        created_at ${t.integer} NOT NULL,
        updated_at ${t.integer} NOT NULL
      )`,
      `CREATE UNIQUE INDEX ux_role_name ON role (name)`,

      `CREATE TABLE staff_user (
        id ${t.id} NOT NULL PRIMARY KEY,
        email ${t.key(254)} NOT NULL,
        name ${t.text(200)} NOT NULL,
        password_hash ${t.key(255)} NOT NULL,
        is_active ${t.flag} NOT NULL,
        version ${t.integer} NOT NULL,
        created_at ${t.integer} NOT NULL,
        updated_at ${t.integer} NOT NULL
      )`,
      `CREATE UNIQUE INDEX ux_staff_user_email ON staff_user (email)`,
      `CREATE TABLE staff_user_role (
        user_id ${t.id} NOT NULL,
        role_id ${t.id} NOT NULL,
        CONSTRAINT pk_staff_user_role PRIMARY KEY (user_id, role_id),
        CONSTRAINT fk_staff_user_role_user FOREIGN KEY (user_id) REFERENCES staff_user (id),
        CONSTRAINT fk_staff_user_role_role FOREIGN KEY (role_id) REFERENCES role (id)
      )`,

      `CREATE TABLE staff_session (
        id ${t.id} NOT NULL PRIMARY KEY,
        user_id ${t.id} NOT NULL,
        token_sha256 ${t.key(64)} NOT NULL,
        created_at ${t.integer} NOT NULL,
        expires_at ${t.integer} NOT NULL,
        revoked_at ${t.integer},
        CONSTRAINT fk_staff_session_user FOREIGN KEY (user_id) REFERENCES staff_user (id)
      )`,
      `CREATE UNIQUE INDEX ux_staff_session_token ON staff_session (token_sha256)`,
      `CREATE INDEX ix_staff_session_user ON staff_session (user_id)`,
      `CREATE INDEX ix_staff_session_expires ON staff_session (expires_at)`,

      `CREATE TABLE api_key (
        id ${t.id} NOT NULL PRIMARY KEY,
        name ${t.text(200)} NOT NULL,
        prefix ${t.key(20)} NOT NULL,
        secret_sha256 ${t.key(64)} NOT NULL,
        permissions_json ${t.longText} NOT NULL,
        created_by ${t.id},
        created_at ${t.integer} NOT NULL,
        expires_at ${t.integer},
        revoked_at ${t.integer},
        last_used_at ${t.integer}
      )`,
      `CREATE UNIQUE INDEX ux_api_key_secret ON api_key (secret_sha256)`,
      `CREATE INDEX ix_api_key_created ON api_key (created_at, id)`,
    ];
  }
}
