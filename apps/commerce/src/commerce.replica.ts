import type { BootstrapOptions } from '#libs/http';
import { RequestLimits } from '#libs/limits';
import { attachLivePush } from '#libs/push';
import { CommerceModule } from './commerce.module.js';

/** A commerce replica, for its own process and for tools that look at the application without a port. */
export const commerceReplica: BootstrapOptions = {
  role: 'commerce',
  module: CommerceModule,
  configure: (app) => {
    const limits = app.get(RequestLimits);
    // A connection is looked up like a page, and who asks is not known yet.
    const mayConnect = (address: string) =>
      limits.take('reads', { address, credential: undefined })?.isAdmitted !== false;
    attachLivePush(app, mayConnect);
  },
};
