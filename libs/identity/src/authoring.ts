export { ApiKeyEditor, type ApiKeyView, type NewApiKey } from './staff/api-key.editor.js';
export {
  AuditLogReader,
  type AuditLogEntry,
  type AuditLogFilter,
} from './staff/audit-log.reader.js';
export { ensureFirstAdministrator, type FirstAdministrator } from './staff/first-administrator.js';
export { IdentityAuthoringModule } from './staff/identity-authoring.module.js';
export { RoleEditor, type RoleContent, type RoleView } from './staff/role.editor.js';
export {
  StaffUserEditor,
  type NewStaffUser,
  type StaffUserChange,
} from './staff/staff-user.editor.js';
export type { StaffUserView } from './staff/staff-user.repository.js';
export { OwnPasswordEditor, type PasswordChange } from './sign-in/own-password.editor.js';
export {
  SessionEditor,
  type NewSession,
  type SessionView,
  type SignInRequest,
} from './sign-in/session.editor.js';
