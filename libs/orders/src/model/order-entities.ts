import { OrderDraftEntity } from './drafts/order-draft.entity.js';
import { OrderNoteEntity } from './fulfilment/order-note.entity.js';
import { ShipmentLineEntity } from './fulfilment/shipment-line.entity.js';
import { ShipmentEntity } from './fulfilment/shipment.entity.js';
import { OrderLinkKeyEntity } from './links/order-link-key.entity.js';
import { OrderLineEntity } from './order-line.entity.js';
import { OrderTransitionEntity } from './order-transition.entity.js';
import { OrderEntity } from './order.entity.js';
import { OrderReturnLineEntity } from './returns/order-return-line.entity.js';
import { OrderReturnEntity } from './returns/order-return.entity.js';

export const orderEntities = [
  OrderEntity,
  OrderLineEntity,
  OrderTransitionEntity,
  OrderLinkKeyEntity,
  ShipmentEntity,
  ShipmentLineEntity,
  OrderNoteEntity,
  OrderDraftEntity,
  OrderReturnEntity,
  OrderReturnLineEntity,
];
