import { Controller, Get, Header, Param, Query, type StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Answers, AnswersFile, AnswersText, download, ForCustomerOrGuest } from '#libs/http';
import { InvoiceFiles, InvoiceReader } from '#libs/invoices';
import type { OrderAccess } from '#libs/orders';
import { noQuery } from '../catalog/storefront.schemas.js';
import { OpensOrder } from '../orders/opens-order.decorator.js';
import { numberParams, type NumberParams } from '../orders/order.schemas.js';
import {
  invoiceList,
  invoiceListOf,
  invoiceParams,
  type InvoiceList,
  type InvoiceParams,
} from './invoice.schemas.js';

/** The invoice of an order and its credit notes, for who may open the order. Nothing may be kept on the way. */
@ForCustomerOrGuest()
@ApiTags('Orders')
@Controller('orders/:number/invoices')
export class InvoiceController {
  constructor(
    private readonly invoices: InvoiceReader,
    private readonly files: InvoiceFiles,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List the invoice of an order and its credit notes' })
  @Answers(200, invoiceList, 'Oldest first; empty until the order is paid or has been shipped.')
  async list(
    @Param({ schema: numberParams }) { number }: NumberParams,
    @Query({ schema: noQuery }) _query: object,
    @OpensOrder() access: OrderAccess,
  ): Promise<InvoiceList> {
    return invoiceListOf(await this.invoices.list(number, access));
  }

  @Get(':id/pdf')
  @ApiOperation({ summary: 'Download an invoice or a credit note as a PDF' })
  @AnswersFile(200, 'application/pdf', 'The same bytes each time.')
  async pdf(
    @Param({ schema: invoiceParams }) { number, id }: InvoiceParams,
    @Query({ schema: noQuery }) _query: object,
    @OpensOrder() access: OrderAccess,
  ): Promise<StreamableFile> {
    const invoice = await this.invoices.get(number, access, id);
    return download(await this.files.pdf(invoice));
  }

  @Get(':id/html')
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'")
  @ApiOperation({ summary: 'Get an invoice or a credit note as a page' })
  @AnswersText(200, 'text/html', 'A page without scripts that loads nothing.')
  async html(
    @Param({ schema: invoiceParams }) { number, id }: InvoiceParams,
    @Query({ schema: noQuery }) _query: object,
    @OpensOrder() access: OrderAccess,
  ): Promise<string> {
    return this.files.html(await this.invoices.get(number, access, id));
  }
}
