import { Module } from '@nestjs/common';
import { ReplicaList } from '../replicas/replica-list.js';
import { Doctor } from './doctor.js';

/** `Doctor`, also in a process that is no replica. Needs the database and Redis beside it. */
@Module({ providers: [ReplicaList, Doctor], exports: [Doctor] })
export class DoctorModule {}
