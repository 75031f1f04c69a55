export {
  NotificationInbox,
  type NotificationPage,
  type NotificationView,
} from './notifications/notification-inbox.js';
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
} from './sockets/push-authenticator.js';
export type {
  JobProgressEvent,
  NotificationEvent,
  PushEvents,
  PushRequests,
  WatchAnswer,
  WatchedThing,
  ResyncEvent,
  SessionEndedEvent,
} from './sockets/push-events.js';
export { PushServer } from './sockets/push-server.js';
export { pushErrors } from './push.errors.js';
export { attachPush, PushModule } from './push.module.js';
export { type Addressee } from './sockets/rooms.js';
export type { ConnectionRefusal } from './sockets/socket-admission.js';
