import { Readable } from 'node:stream';
import {
  Controller,
  Get,
  Header,
  HttpCode,
  Param,
  Post,
  Query,
  Req,
  StreamableFile,
} from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { ImportArchive, ImportUploads, type ImportFile } from '#authoring/catalog';
import { importErrors } from '#libs/product-csv';
import {
  Answers,
  AnswersText,
  idParams,
  isoTime,
  pageByCreation,
  pageQuery,
  RequirePermission,
  withUploadedFile,
  type IdParams,
  type Page,
  type PageQuery,
} from '#libs/http';
import {
  acceptedImportAnswer,
  importAnswer,
  importPage,
  importQuery,
  type AcceptedImportAnswer,
  type ImportAnswer,
  type ImportQuery,
} from './import.schemas.js';

@ApiTags('Imports')
@Controller('imports')
export class ImportController {
  constructor(
    private readonly uploads: ImportUploads,
    private readonly archive: ImportArchive,
  ) {}

  @Post()
  @HttpCode(202)
  @RequirePermission('catalog:import:create')
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: {
      type: 'object',
      required: ['file'],
      properties: { file: { type: 'string', format: 'binary', description: 'The product CSV.' } },
    },
  })
  @ApiOperation({ summary: 'Import products from a CSV file' })
  @Answers(202, acceptedImportAnswer, 'The file is stored; a job imports it.')
  upload(
    @Query({ schema: importQuery }) query: ImportQuery,
    @Req() request: FastifyRequest,
  ): Promise<AcceptedImportAnswer> {
    return withUploadedFile(request, importErrors.fileMissing, ({ name, content }) =>
      this.uploads.receive(
        {
          storeCode: query.store,
          fileName: name,
          isDryRun: query.dryRun,
          currency: query.currency,
          locale: query.locale,
        },
        content,
      ),
    );
  }

  @Get()
  @RequirePermission('catalog:import:read')
  @ApiOperation({ summary: 'List imports' })
  @Answers(200, importPage, 'Imports, newest first.')
  list(@Query({ schema: pageQuery }) query: PageQuery): Promise<Page<ImportAnswer>> {
    return pageByCreation(query, (before, limit) => this.archive.list(before, limit), toAnswer);
  }

  @Get(':id')
  @RequirePermission('catalog:import:read')
  @ApiOperation({ summary: 'Get an import' })
  @Answers(200, importAnswer, 'One import and how far it is.')
  async show(@Param({ schema: idParams }) { id }: IdParams): Promise<ImportAnswer> {
    return toAnswer(await this.archive.get(id));
  }

  @Get(':id/report')
  @RequirePermission('catalog:import:read')
  @Header('content-disposition', 'attachment; filename="import-report.csv"')
  @ApiOperation({ summary: 'Download the report of an import' })
  @AnswersText(
    200,
    'text/csv',
    'What was wrong with the file, as a CSV: line, handle, column, code, message.',
  )
  async report(@Param({ schema: idParams }) { id }: IdParams): Promise<StreamableFile> {
    const lines = await this.archive.report(id);
    return new StreamableFile(Readable.from(lines), { type: 'text/csv; charset=utf-8' });
  }
}

function toAnswer(file: ImportFile): ImportAnswer {
  const { nextOrdinal, created, updated, unchanged, rejected, issues } = file.progress;
  return {
    id: file.id,
    jobId: file.jobId ?? '',
    store: file.storeCode,
    fileName: file.fileName,
    sizeBytes: file.sizeBytes,
    sha256: file.sha256,
    currency: file.currency,
    locale: file.locale,
    isDryRun: file.isDryRun,
    createdBy: file.createdBy ?? null,
    createdAt: isoTime(file.createdAt),
    products: nextOrdinal,
    created,
    updated,
    unchanged,
    rejected,
    issues,
  };
}
