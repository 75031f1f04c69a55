import type { BootstrapOptions } from '#libs/http';
import { attachPush } from '#libs/push';
import { AuthoringModule } from './authoring.module.js';

/** An authoring replica, for its own process and for tools that look at the application without a port. */
export const authoringReplica: BootstrapOptions = {
  role: 'authoring',
  module: AuthoringModule,
  uploads: true,
  configure: attachPush,
};
