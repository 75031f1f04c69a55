import { Body, Controller, Param, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { BillingAddressEditor } from '#authoring/orders';
import { addressBody, Answers, idParams, IfMatch, plainText, type IdParams } from '#libs/http';
import { z } from 'zod';
import { storeScope, type StoreScope } from '../catalog/catalog.schemas.js';
import { ChangesOrder } from './changes-order.js';
import { orderAnswer, orderAnswerOf, type OrderAnswer } from './order.schemas.js';

const billingAddressBody = z.strictObject({
  billingAddress: addressBody,
  reason: plainText(200).describe('Stands in the history and in the audit log.'),
});
type BillingAddressBody = z.infer<typeof billingAddressBody>;

/** To whom an order is billed. */
@ApiTags('Orders')
@Controller('orders/:id/billing-address')
export class BillingAddressController {
  constructor(private readonly editor: BillingAddressEditor) {}

  @Put()
  @ChangesOrder('Bill an order to another address')
  @Answers(200, orderAnswer, 'The order. Once an invoice is issued, the address stays.')
  async replace(
    @Param({ schema: idParams }) { id }: IdParams,
    @Query({ schema: storeScope }) { store: storeCode }: StoreScope,
    @IfMatch() version: number,
    @Body({ schema: billingAddressBody }) body: BillingAddressBody,
  ): Promise<OrderAnswer> {
    return orderAnswerOf(await this.editor.replace({ storeCode, id }, version, body));
  }
}
