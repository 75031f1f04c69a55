export { addresseeOf } from './authoring/access/addressee.js';
export { Authenticator } from './authoring/access/authenticator.js';
export { CurrentPrincipal } from './authoring/access/current-principal.js';
export { IDENTITY_CLOCK } from './authoring/access/identity-clock.js';
export { StaffAccessReader, type StaffAccess } from './authoring/access/staff-access.reader.js';
export { StaffGuard } from './authoring/access/staff.guard.js';
export { IdentityModule } from './authoring/identity.module.js';
export { ApiKeyEditor, type ApiKeyView, type NewApiKey } from './authoring/staff/api-key.editor.js';
export {
  ensureFirstAdministrator,
  type FirstAdministrator,
} from './authoring/staff/first-administrator.js';
export { IdentityAuthoringModule } from './authoring/identity-authoring.module.js';
export { RoleEditor, type RoleContent, type RoleView } from './authoring/staff/role.editor.js';
export {
  StaffUserEditor,
  type NewStaffUser,
  type StaffUserChange,
} from './authoring/staff/staff-user.editor.js';
export type { StaffUserView } from './authoring/staff/staff-user.repository.js';
export { OwnPasswordEditor, type PasswordChange } from './authoring/sign-in/own-password.editor.js';
export {
  SessionEditor,
  type NewSession,
  type SessionView,
  type SignInRequest,
} from './authoring/sign-in/session.editor.js';
export { identityAuthoringSlice } from './authoring/slice.js';
