import { Injectable } from '@nestjs/common';
import type { JobProgress, JobProgressSink } from '#authoring/jobs';
import { PushServer } from './push-server.js';
import { rooms } from './rooms.js';

/** Pushes the progress of jobs to whoever asked for them and to those who may see all jobs. */
@Injectable()
export class SocketJobProgress implements JobProgressSink {
  constructor(private readonly server: PushServer) {}

  progress({ requestedBy, ...job }: JobProgress): void {
    const asker = requestedBy === undefined ? [] : [rooms.user(requestedBy)];
    this.server.emit([rooms.permission('jobs:job:read'), ...asker], 'job.progress', {
      id: job.id,
      name: job.name,
      state: job.state,
      progress: job.progress,
    });
  }
}
