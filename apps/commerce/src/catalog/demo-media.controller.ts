import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { catalogErrors, demoPicture, demoShop, type DemoProduct } from '#libs/catalog';
import { etagOfBody, Public, sendRepresentation } from '#libs/http';
import { pictureParams, type PictureParams } from './demo-media.schemas.js';

const HEADERS = {
  'cache-control': 'public, max-age=86400',
  // A picture opened by itself is a document of this origin: it may not run anything.
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
};

/** The drawn pictures of the demo shop. */
@Public()
@ApiExcludeController()
@Controller('media/demo')
export class DemoMediaController {
  private products: ReadonlyMap<string, DemoProduct> | undefined;

  @Get(':file')
  picture(
    @Param({ schema: pictureParams }) { file }: PictureParams,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): FastifyReply {
    const product = this.find(file.replace(/\.svg$/, ''));
    if (product === undefined) throw catalogErrors.pictureNotFound();
    const body = demoPicture(product);
    return sendRepresentation(request, reply, {
      ...{ body, contentType: 'image/svg+xml', etag: etagOfBody(body), headers: HEADERS },
    });
  }

  /** Built when the first picture is asked for: most installations never are. */
  private find(slug: string): DemoProduct | undefined {
    this.products ??= new Map(demoShop().products.map((product) => [product.slug, product]));
    return this.products.get(slug);
  }
}
