import { bootstrapReplica } from '#libs/http';
import { AuthoringModule } from './authoring.module.js';

await bootstrapReplica({
  role: 'authoring',
  module: AuthoringModule,
  uploads: true,
  denyByDefault: true,
});
