import { Module } from '@nestjs/common';
import { DoctorModule } from '#libs/fleet';
import { FleetController } from './fleet.controller.js';

/** `/fleet`. */
@Module({ imports: [DoctorModule], controllers: [FleetController] })
export class FleetApiModule {}
