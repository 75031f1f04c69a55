import { Module } from '@nestjs/common';
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

/** What the back office does about customers. */
@Module({
  imports: [CustomersModelModule, MailModule, StoresModelModule],
  providers: [
    CreditEditor,
    CustomerMailHandler,
    CustomerPruner,
    CustomerErasure,
    EraseCustomerHandler,
    CustomerDirectory,
    CustomerEditor,
    CustomerGroupEditor,
    CustomersStoreDependant,
  ],
  exports: [CreditEditor, CustomerErasure, CustomerDirectory, CustomerEditor, CustomerGroupEditor],
})
export class CustomersAuthoringModule {}
