import type { BootstrapOptions } from '#libs/http';
import { attachLivePush } from '#libs/push';
import { CommerceModule } from './commerce.module.js';

/** A commerce replica, for its own process and for tools that look at the application without a port. */
export const commerceReplica: BootstrapOptions = {
  role: 'commerce',
  module: CommerceModule,
  configure: attachLivePush,
};
