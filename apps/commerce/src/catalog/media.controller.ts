import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PictureReader } from '#libs/catalog';
import { etagOfBody, Public, sendRepresentation } from '#libs/http';
import { pictureParams, type PictureParams } from './media.schemas.js';

const HEADERS = {
  'cache-control': 'public, max-age=86400',
  // A picture opened by itself is a document of this origin: it may not run anything.
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
};

/** The pictures that the installation holds itself, for instance those of the demo shop. */
@Public()
@ApiExcludeController()
@Controller('media')
export class MediaController {
  constructor(private readonly pictures: PictureReader) {}

  @Get(':folder/:file')
  async picture(
    @Param({ schema: pictureParams }) { folder, file }: PictureParams,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<FastifyReply> {
    const { body, contentType } = await this.pictures.get(`${folder}/${file}`);
    return sendRepresentation(request, reply, {
      body,
      contentType,
      etag: etagOfBody(body),
      headers: HEADERS,
    });
  }
}
