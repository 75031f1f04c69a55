import {
  Controller,
  Get,
  Header,
  HttpCode,
  Param,
  Post,
  Query,
  type StreamableFile,
} from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { InvoiceDirectory, InvoiceEditor } from '#authoring/invoices';
import {
  Answers,
  AnswersFile,
  AnswersText,
  download,
  IdempotencyKey,
  idParams,
  pagedBy,
  RequirePermission,
  type IdParams,
  type Page,
} from '#libs/http';
import { InvoiceFiles, type InvoiceHead } from '#libs/invoices';
import { z } from 'zod';
import { storeScope, type StoreScope } from '../catalog/catalog.schemas.js';
import {
  invoiceAnswer,
  invoiceAnswerOf,
  invoiceFilterOf,
  invoiceListQuery,
  invoicePage,
  type InvoiceAnswer,
  type InvoiceListQuery,
} from './invoice.schemas.js';

const pageByIssue = pagedBy(
  z.strictObject({ createdAt: z.int(), id: z.uuid() }),
  ({ issuedAt, id }: InvoiceHead) => ({ createdAt: issuedAt, id }),
);

/** Invoices and credit notes of a store. They are issued by the shop itself, and never changed. */
@ApiTags('Invoices')
@Controller('invoices')
export class InvoiceController {
  constructor(
    private readonly directory: InvoiceDirectory,
    private readonly editor: InvoiceEditor,
    private readonly files: InvoiceFiles,
  ) {}

  @Get()
  @RequirePermission('invoices:invoice:read')
  @ApiOperation({ summary: 'List invoices and credit notes' })
  @Answers(200, invoicePage, 'Of the store, newest first.')
  list(@Query({ schema: invoiceListQuery }) query: InvoiceListQuery): Promise<Page<InvoiceAnswer>> {
    const { store, limit: size, cursor } = query;
    return pageByIssue(
      { limit: size, cursor },
      (after, limit) => this.directory.list(store, invoiceFilterOf(query), after, limit),
      invoiceAnswerOf,
    );
  }

  @Get(':id')
  @RequirePermission('invoices:invoice:read')
  @ApiOperation({ summary: 'Get an invoice or a credit note' })
  @Answers(200, invoiceAnswer, 'The head of the document; what stands on it is in its files.')
  async get(
    @Param({ schema: idParams }) { id }: IdParams,
    @Query({ schema: storeScope }) { store }: StoreScope,
  ): Promise<InvoiceAnswer> {
    return invoiceAnswerOf(await this.directory.get(store, id));
  }

  @Get(':id/pdf')
  @RequirePermission('invoices:invoice:read')
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'Download an invoice or a credit note as a PDF' })
  @AnswersFile(200, 'application/pdf', 'The same bytes each time.')
  async pdf(
    @Param({ schema: idParams }) { id }: IdParams,
    @Query({ schema: storeScope }) { store }: StoreScope,
  ): Promise<StreamableFile> {
    const invoice = await this.directory.get(store, id);
    return download(await this.files.pdf(invoice));
  }

  @Get(':id/html')
  @RequirePermission('invoices:invoice:read')
  @Header('cache-control', 'no-store')
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'")
  @ApiOperation({ summary: 'Get an invoice or a credit note as a page' })
  @AnswersText(200, 'text/html', 'A page without scripts that loads nothing.')
  async html(
    @Param({ schema: idParams }) { id }: IdParams,
    @Query({ schema: storeScope }) { store }: StoreScope,
  ): Promise<string> {
    return this.files.html(await this.directory.get(store, id));
  }

  @Post(':id/resend')
  @RequirePermission('invoices:invoice:resend')
  @HttpCode(202)
  @ApiOperation({ summary: 'Send an invoice or a credit note once more' })
  @Answers(202, invoiceAnswer, 'A mail to the shopper of the order waits to be sent.')
  async resend(
    @Param({ schema: idParams }) { id }: IdParams,
    @Query({ schema: storeScope }) { store: storeCode }: StoreScope,
    @IdempotencyKey() key: string,
  ): Promise<InvoiceAnswer> {
    await this.editor.resend({ storeCode, id }, key);
    return invoiceAnswerOf(await this.directory.get(storeCode, id));
  }
}
