import { Module } from '@nestjs/common';
import { NotificationController } from './notification.controller.js';

/** `/notifications`. Needs `PushModule`. */
@Module({ controllers: [NotificationController] })
export class NotificationsApiModule {}
