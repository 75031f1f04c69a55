import {
  Body,
  Controller,
  Delete,
  Get,
  Header,
  HttpCode,
  Ip,
  Param,
  Post,
  Query,
} from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentPrincipal, SessionEditor, StaffAccessReader } from '#authoring/identity';
import { identityErrors, PermissionCatalog, type Principal } from '#libs/identity';
import {
  Answers,
  AnswersProblem,
  idParams,
  isoTime,
  isoTimeOrNull,
  pageById,
  pageQuery,
  Public,
  RequirePermission,
  type IdParams,
  type Page,
  type PageQuery,
} from '#libs/http';
import {
  currentSessionAnswer,
  ownSessionPage,
  sessionAnswer,
  signInBody,
  type CurrentSessionAnswer,
  type OwnSessionAnswer,
  type SessionAnswer,
  type SignInBody,
} from './session.schemas.js';

@ApiTags('Sessions')
@Controller('sessions')
export class SessionController {
  constructor(
    private readonly sessions: SessionEditor,
    private readonly staff: StaffAccessReader,
    private readonly catalog: PermissionCatalog,
  ) {}

  @Post()
  @Public()
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Sign in' })
  @Answers(201, sessionAnswer, 'Signed in.')
  @AnswersProblem(401, 429)
  async signIn(
    @Body({ schema: signInBody }) body: SignInBody,
    @Ip() address: string,
  ): Promise<SessionAnswer> {
    const session = await this.sessions.signIn({ ...body, address });
    return {
      id: session.id,
      token: session.token,
      expiresAt: isoTime(session.expiresAt),
      user: await this.userOf(session.userId),
    };
  }

  @Get()
  @RequirePermission('self:session:read')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'List one’s own sessions' })
  @Answers(200, ownSessionPage, 'One’s own sessions that have not ended, oldest first.')
  list(
    @CurrentPrincipal() principal: Principal,
    @Query({ schema: pageQuery }) query: PageQuery,
  ): Promise<Page<OwnSessionAnswer>> {
    return pageById(
      query,
      (after = '', limit) => this.sessions.listOwn(principal, after, limit),
      ({ id, createdAt, expiresAt }) => ({
        id,
        createdAt: isoTime(createdAt),
        expiresAt: isoTime(expiresAt),
        isCurrent: id === principal.credential.id,
      }),
    );
  }

  @Get('current')
  @RequirePermission('self:session:read')
  @Header('Cache-Control', 'no-store')
  @ApiOperation({ summary: 'Show who is signed in' })
  @Answers(200, currentSessionAnswer, 'Who makes this request, and what they may do.')
  async current(@CurrentPrincipal() principal: Principal): Promise<CurrentSessionAnswer> {
    const { kind, id, expiresAt } = principal.credential;
    return {
      kind,
      id,
      expiresAt: isoTimeOrNull(expiresAt),
      user: await this.userOf(principal.userId),
      permissions: [...this.catalog.expanded(principal.permissions)],
    };
  }

  @Delete()
  @RequirePermission('self:session:delete')
  @HttpCode(204)
  @ApiOperation({ summary: 'Sign out' })
  @Answers(204, undefined, 'The session of this request has ended. An API key is left as it is.')
  async signOut(@CurrentPrincipal() principal: Principal): Promise<void> {
    await this.sessions.signOut(principal);
  }

  @Delete(':id')
  @RequirePermission('self:session:delete')
  @HttpCode(204)
  @ApiOperation({ summary: 'End one of one’s own sessions' })
  @Answers(204, undefined, 'That session of one’s own has ended, on every replica.')
  async end(
    @CurrentPrincipal() principal: Principal,
    @Param({ schema: idParams }) { id }: IdParams,
  ): Promise<void> {
    await this.sessions.endOwn(principal, id);
  }

  private async userOf(userId: string): Promise<SessionAnswer['user']> {
    const user = await this.staff.find(userId);
    if (user === undefined) throw identityErrors.notAuthenticated();
    return { id: user.userId, email: user.email, name: user.name };
  }
}
