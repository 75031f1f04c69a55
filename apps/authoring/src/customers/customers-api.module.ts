import { Module } from '@nestjs/common';
import { CustomersAuthoringModule } from '#authoring/customers';
import { CustomerCreditController } from './customer-credit.controller.js';
import { CustomerGroupController } from './customer-group.controller.js';
import { CustomerController } from './customer.controller.js';
import { PersonalExportController } from './personal-export.controller.js';

/** `/customers`, `/customer-groups`. */
@Module({
  imports: [CustomersAuthoringModule],
  controllers: [
    CustomerController,
    CustomerCreditController,
    CustomerGroupController,
    PersonalExportController,
  ],
})
export class CustomersApiModule {}
