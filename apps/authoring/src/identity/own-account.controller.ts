import { Body, Controller, HttpCode, Ip, Put } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, OwnPasswordEditor } from '#authoring/identity';
import type { Principal } from '#libs/identity';
import { Answers, RequirePermission } from '#libs/http';
import { ownPasswordBody, type OwnPasswordBody } from './own-account.schemas.js';

@ApiTags('Own account')
@Controller('me')
export class OwnAccountController {
  constructor(private readonly passwords: OwnPasswordEditor) {}

  @Put('password')
  @RequirePermission('self:password:update')
  @HttpCode(204)
  @ApiOperation({ summary: 'Change one’s own password' })
  @Answers(204, undefined, 'The password is changed; one’s other sessions have ended.')
  async changePassword(
    @CurrentPrincipal() principal: Principal,
    @Body({ schema: ownPasswordBody }) body: OwnPasswordBody,
    @Ip() address: string,
  ): Promise<void> {
    await this.passwords.change(principal, { ...body, address });
  }
}
