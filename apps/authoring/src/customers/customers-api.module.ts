import { Module } from '@nestjs/common';
import { CustomersAuthoringModule } from '#authoring/customers';
import { CustomerGroupController } from './customer-group.controller.js';
import { CustomerController } from './customer.controller.js';

/** `/customers`, `/customer-groups`. */
@Module({
  imports: [CustomersAuthoringModule],
  controllers: [CustomerController, CustomerGroupController],
})
export class CustomersApiModule {}
