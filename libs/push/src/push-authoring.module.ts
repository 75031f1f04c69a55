import { Global, Module } from '@nestjs/common';
import { JOB_PROGRESS_SINK } from '#authoring/jobs';
import { NotificationPruner } from './notifications/notification.pruner.js';
import { SocketJobProgress } from './sockets/socket-job-progress.js';

/** Lets the jobs of authoring push their progress. Needs `PushModule`. */
@Global()
@Module({
  providers: [NotificationPruner, { provide: JOB_PROGRESS_SINK, useClass: SocketJobProgress }],
  exports: [JOB_PROGRESS_SINK],
})
export class PushAuthoringModule {}
