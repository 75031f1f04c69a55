export {
  NotificationInbox,
  type NotificationPage,
  type NotificationView,
} from './notification-inbox.js';
export { attachLivePush, LivePushModule } from './live/live-push.module.js';
export {
  LIVE_WISHES,
  type LiveSource,
  type LiveWish,
  type LiveWishes,
} from './live/live-source.js';
export {
  PUSH_AUTHENTICATOR,
  tokenIn,
  type PushAuthenticator,
  type PushCredential,
  type PushHandshake,
} from './push-authenticator.js';
export type {
  JobProgressEvent,
  NotificationEvent,
  PushEvents,
  PushRequests,
  WatchAnswer,
  WatchedThing,
  ResyncEvent,
  SessionEndedEvent,
} from './push-events.js';
export { PushServer } from './push-server.js';
export { pushErrors } from './push.errors.js';
export { attachPush, PushModule } from './push.module.js';
export { type Addressee } from './rooms.js';
export type { ConnectionRefusal } from './socket-admission.js';
