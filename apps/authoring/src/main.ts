import { bootstrapReplica } from '#libs/http';
import { authoringReplica } from './authoring.replica.js';

await bootstrapReplica(authoringReplica);
