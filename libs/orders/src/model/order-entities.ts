import { OrderLinkKeyEntity } from './links/order-link-key.entity.js';
import { OrderLineEntity } from './order-line.entity.js';
import { OrderTransitionEntity } from './order-transition.entity.js';
import { OrderEntity } from './order.entity.js';

export const orderEntities = [
  OrderEntity,
  OrderLineEntity,
  OrderTransitionEntity,
  OrderLinkKeyEntity,
];
