import { Injectable } from '@nestjs/common';
import type { PaymentProvider } from './payment-provider.js';

/** Cash or a transfer: staff say when it arrived. */
@Injectable()
export class ManualProvider implements PaymentProvider {
  readonly method = 'manual';
  readonly isAvailable = true;
  readonly isConfirmedByStaff = true;
  readonly remote = undefined;
}
