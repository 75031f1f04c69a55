import { Controller, Get, Header, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Answers, RequirePermission } from '#libs/http';
import { addresseeOf, CurrentPrincipal } from '#authoring/identity';
import { PermissionCatalog, type Principal } from '#libs/identity';
import { NotificationInbox } from '#libs/push';
import {
  notificationPageAnswer,
  notificationParams,
  notificationQuery,
  type NotificationPageAnswer,
  type NotificationParams,
  type NotificationQuery,
} from './notification.schemas.js';

@ApiTags('Notifications')
@Controller('notifications')
export class NotificationController {
  constructor(
    private readonly inbox: NotificationInbox,
    private readonly permissions: PermissionCatalog,
  ) {}

  @Get()
  @RequirePermission('self:notification:read')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Read notifications' })
  @Answers(
    200,
    notificationPageAnswer,
    'What the caller was told, by name or by a permission held.',
  )
  async list(
    @CurrentPrincipal() principal: Principal,
    @Query({ schema: notificationQuery }) { after, limit }: NotificationQuery,
  ): Promise<NotificationPageAnswer> {
    const { items, ...position } = await this.inbox.list(
      addresseeOf(principal, this.permissions),
      after,
      limit,
    );
    return {
      ...position,
      items: items.map(({ id, type, payload, createdAt, readAt }) => ({
        id,
        type,
        payload,
        createdAt: new Date(createdAt).toISOString(),
        readAt: readAt === undefined ? null : new Date(readAt).toISOString(),
      })),
    };
  }

  @Post(':id/read')
  @RequirePermission('self:notification:update')
  @HttpCode(204)
  @ApiOperation({ summary: 'Mark a notification as read' })
  @Answers(204, undefined, 'Marked as read by the caller.')
  async markRead(
    @CurrentPrincipal() principal: Principal,
    @Param({ schema: notificationParams }) { id }: NotificationParams,
  ): Promise<void> {
    await this.inbox.markRead(addresseeOf(principal, this.permissions), id);
  }
}
