import { bootstrapReplica } from '#libs/http';
import { attachPush } from '#libs/push';
import { AuthoringModule } from './authoring.module.js';

await bootstrapReplica({
  role: 'authoring',
  module: AuthoringModule,
  uploads: true,
  denyByDefault: true,
  configure: attachPush,
});
