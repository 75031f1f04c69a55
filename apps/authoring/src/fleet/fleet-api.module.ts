import { Module } from '@nestjs/common';
import { FleetController } from './fleet.controller.js';

/** `/fleet`. */
@Module({ controllers: [FleetController] })
export class FleetApiModule {}
