import { PaymentEventEntity } from './payment-event.entity.js';
import { PaymentEntity } from './payment.entity.js';
import { RefundEntity } from './refunds/refund.entity.js';

export const paymentEntities = [PaymentEntity, RefundEntity, PaymentEventEntity];
