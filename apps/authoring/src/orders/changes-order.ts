import { applyDecorators } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { RequirePermission, VersionedAnswer } from '#libs/http';

/** A route that changes an order at the version which `If-Match` names, and answers the next one. */
export const ChangesOrder = (summary: string) =>
  applyDecorators(
    RequirePermission('orders:order:update'),
    VersionedAnswer(),
    ApiOperation({ summary }),
  );
