export {
  NotificationInbox,
  type NotificationPage,
  type NotificationView,
} from './notification-inbox.js';
export {
  PUSH_AUTHENTICATOR,
  type PushAuthenticator,
  type PushCredential,
} from './push-authenticator.js';
export type {
  JobProgressEvent,
  NotificationEvent,
  PushEvents,
  ResyncEvent,
  SessionEndedEvent,
} from './push-events.js';
export { PushServer } from './push-server.js';
export { pushErrors } from './push.errors.js';
export { attachPush, PushModule } from './push.module.js';
export { type Addressee } from './rooms.js';
export type { ConnectionRefusal } from './socket-admission.js';
