import { bootstrapReplica } from '#libs/http';
import { commerceReplica } from './commerce.replica.js';

await bootstrapReplica(commerceReplica);
