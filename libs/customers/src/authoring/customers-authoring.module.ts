import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { TellsPersonalData } from '#libs/database';
import { MailModule } from '#libs/mail';
import { StoresModelModule } from '#libs/stores';
import { CustomersModelModule } from '../model/customers-model.module.js';
import { CreditEditor } from './credit.editor.js';
import { CustomerGroupEditor } from './customer-group.editor.js';
import { CustomerMailHandler } from './customer-mail.handler.js';
import { CustomerDirectory } from './customer.directory.js';
import { CustomerEditor } from './customer.editor.js';
import { CustomerErasure } from './customer-erasure.js';
import { EraseCustomerHandler } from './erase-customer.handler.js';
import { CustomerPruner } from './customer.pruner.js';
import { CustomersStoreDependant } from './customers-store-dependant.js';
import { customersPersonalData } from './personal-data/customers-personal-data.js';
import { ExportCustomerHandler } from './personal-data/export-customer.handler.js';
import { PersonalDataCatalog } from './personal-data/personal-data-catalog.js';
import { PersonalDataReader } from './personal-data/personal-data.reader.js';
import { PersonalExportPruner } from './personal-data/personal-export.pruner.js';
import { PersonalExportRepository } from './personal-data/personal-export.repository.js';
import { PersonalExports } from './personal-data/personal-exports.js';

/** What the back office does about customers. */
@Module({
  imports: [DiscoveryModule, CustomersModelModule, MailModule, StoresModelModule],
  providers: [
    CreditEditor,
    CustomerMailHandler,
    CustomerPruner,
    CustomerErasure,
    EraseCustomerHandler,
    ExportCustomerHandler,
    PersonalDataCatalog,
    PersonalDataReader,
    PersonalExportPruner,
    PersonalExportRepository,
    PersonalExports,
    CustomerDirectory,
    CustomerEditor,
    CustomerGroupEditor,
    CustomersStoreDependant,
  ],
  exports: [
    CreditEditor,
    CustomerErasure,
    CustomerDirectory,
    CustomerEditor,
    CustomerGroupEditor,
    PersonalExports,
  ],
})
@TellsPersonalData(customersPersonalData)
export class CustomersAuthoringModule {}
