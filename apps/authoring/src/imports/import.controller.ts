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
import { ApiBody, ApiConsumes, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { ImportArchive, ImportUploads, type ImportFile } from '#authoring/catalog';
import { importErrors } from '#libs/product-csv';
import {
  Answers,
  httpErrors,
  idParams,
  isoTime,
  pageByCreation,
  pageQuery,
  RequirePermission,
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
  @Answers(202, acceptedImportAnswer, 'The file is stored; a job imports it.')
  async upload(
    @Query({ schema: importQuery }) query: ImportQuery,
    @Req() request: FastifyRequest,
  ): Promise<AcceptedImportAnswer> {
    const part = await filePart(request);
    try {
      return await this.uploads.receive(
        {
          storeCode: query.store,
          fileName: part.filename,
          isDryRun: query.dryRun,
          currency: query.currency,
          locale: query.locale,
        },
        wholeOf(part.file),
      );
    } finally {
      // What a refused upload still sends is read and thrown away: the answer gets through, and the next
      // request of the connection is not held up behind it. The file itself may be destroyed by then.
      request.raw.unpipe().resume();
    }
  }

  @Get()
  @RequirePermission('catalog:import:read')
  @Answers(200, importPage, 'Imports, newest first.')
  list(@Query({ schema: pageQuery }) query: PageQuery): Promise<Page<ImportAnswer>> {
    return pageByCreation(query, (before, limit) => this.archive.list(before, limit), toAnswer);
  }

  @Get(':id')
  @RequirePermission('catalog:import:read')
  @Answers(200, importAnswer, 'One import and how far it is.')
  async show(@Param({ schema: idParams }) { id }: IdParams): Promise<ImportAnswer> {
    return toAnswer(await this.archive.get(id));
  }

  @Get(':id/report')
  @RequirePermission('catalog:import:read')
  @ApiProduces('text/csv')
  @Header('content-disposition', 'attachment; filename="import-report.csv"')
  @Answers(
    200,
    undefined,
    'What was wrong with the file, as a CSV: line, handle, column, code, message.',
  )
  async report(@Param({ schema: idParams }) { id }: IdParams): Promise<StreamableFile> {
    const lines = await this.archive.report(id);
    return new StreamableFile(Readable.from(lines), { type: 'text/csv; charset=utf-8' });
  }
}

/**
 * The parser cuts a file off at UPLOAD_LIMIT_BYTES and ends it as if that were all: throws
 * `http.upload-too-large` instead, so that no part of a file passes for the whole.
 */
async function* wholeOf(file: MultipartFile['file']): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const chunk of file) yield chunk as Uint8Array;
  if (file.truncated) throw httpErrors.uploadTooLarge();
}

async function filePart(request: FastifyRequest): Promise<MultipartFile> {
  if (!request.isMultipart()) throw httpErrors.unsupportedMediaType();
  const part = await request.file();
  if (part === undefined) throw importErrors.fileMissing();
  return part;
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
