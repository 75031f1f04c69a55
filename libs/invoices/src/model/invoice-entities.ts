import { InvoiceSeriesEntity } from './invoice-series.entity.js';
import { InvoiceEntity } from './invoice.entity.js';

export const invoiceEntities = [InvoiceSeriesEntity, InvoiceEntity];
