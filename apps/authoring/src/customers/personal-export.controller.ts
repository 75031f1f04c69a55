import { Readable } from 'node:stream';
import {
  Controller,
  Get,
  Header,
  HttpCode,
  Param,
  Post,
  Query,
  StreamableFile,
} from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { PersonalExports } from '#authoring/customers';
import { Answers, AnswersFile, idParams, RequirePermission, type IdParams } from '#libs/http';
import { storeScope, type StoreScope } from '../catalog/catalog.schemas.js';
import {
  personalExportAnswer,
  personalExportAnswerOf,
  personalExportParams,
  type PersonalExportAnswer,
  type PersonalExportParams,
} from './personal-export.schemas.js';

/** Files with everything that is known of a customer. */
@ApiTags('Customers')
@Controller('customers/:id/exports')
export class PersonalExportController {
  constructor(private readonly exports: PersonalExports) {}

  @Post()
  @RequirePermission('customers:customer:export')
  @HttpCode(202)
  @ApiOperation({ summary: 'Have what is known of a customer collected in a file' })
  @Answers(202, personalExportAnswer, 'The export, whose job is to run; one that waits already.')
  async request(
    @Param({ schema: idParams }) { id }: IdParams,
    @Query({ schema: storeScope }) { store }: StoreScope,
  ): Promise<PersonalExportAnswer> {
    return personalExportAnswerOf(await this.exports.request({ storeCode: store, id }));
  }

  @Get(':exportId')
  @RequirePermission('customers:customer:export')
  @ApiOperation({ summary: 'Get an export of what is known of a customer' })
  @Answers(200, personalExportAnswer, 'How far it is.')
  async get(
    @Param({ schema: personalExportParams }) { id, exportId }: PersonalExportParams,
    @Query({ schema: storeScope }) { store }: StoreScope,
  ): Promise<PersonalExportAnswer> {
    return personalExportAnswerOf(await this.exports.get({ storeCode: store, id }, exportId));
  }

  @Get(':exportId/file')
  @RequirePermission('customers:customer:export')
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'Download what is known of a customer' })
  @AnswersFile(200, 'application/json', 'The file, as the README of customers describes it.')
  async download(
    @Param({ schema: personalExportParams }) { id, exportId }: PersonalExportParams,
    @Query({ schema: storeScope }) { store }: StoreScope,
  ): Promise<StreamableFile> {
    const file = await this.exports.download({ storeCode: store, id }, exportId);
    return new StreamableFile(Readable.from(file.content, { objectMode: false }), {
      type: 'application/json',
      disposition: 'attachment; filename="personal-data.json"',
      length: file.sizeBytes,
    });
  }
}
