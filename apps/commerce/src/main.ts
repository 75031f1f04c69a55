import { bootstrapReplica } from '#libs/http';
import { CommerceModule } from './commerce.module.js';

await bootstrapReplica({ role: 'commerce', module: CommerceModule });
