import { Injectable } from '@nestjs/common';
import type { JobProgress, JobProgressSink } from '#authoring/jobs';
import { traced } from '#libs/kernel';
import { PushServer } from './push-server.js';
import { rooms } from './rooms.js';

/** Pushes the progress of jobs to whoever asked for them and to those who may see all jobs. */
@Injectable()
export class SocketJobProgress implements JobProgressSink {
  constructor(private readonly server: PushServer) {}

  progress({ requestedBy, ...job }: JobProgress): void {
    const asker = requestedBy === undefined ? [] : [rooms.user(requestedBy)];
    const { id, name, state, progress } = job;
    traced(
      () => ({ name: 'push', kind: 'producer', facts: { 'lockstep.job.name': name } }),
      () =>
        this.server.emit([rooms.permission('jobs:job:read'), ...asker], 'job.progress', {
          id,
          name,
          state,
          progress,
        }),
    );
  }
}
