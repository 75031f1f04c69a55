import { Module } from '@nestjs/common';
import { AnnouncementSeal, provide, SharedCache } from '#libs/cache';
import { RuntimeConfig } from '#libs/config';
import { CustomersModelModule } from '#libs/customers';
import { InstallationReader } from '#libs/database';
import { MailModule } from '#libs/mail';
import { PaymentsModelModule } from '#libs/payments';
import { PromotionsModelModule } from '#libs/promotions';
import { StoresModelModule } from '#libs/stores';
import { LineProgressRepository } from './fulfilment/line-progress.repository.js';
import { HISTORY_SERIES, OrderHistoryCopy } from './history/order-history.copy.js';
import { OrderHistoryRenewal } from './history/order-history.renewal.js';
import { LetGoTrigger } from './let-go-trigger.js';
import { ConfirmationFiles } from './letters/confirmation-files.js';
import { OrderLinks } from './links/order-links.js';
import { OrderedBefore } from './ordered-before.js';
import { OrderBilling } from './order-billing.js';
import { OrderCredit } from './order-credit.js';
import { OrderLookup } from './order-lookup.js';
import { OrderMoves } from './order-moves.js';
import { OrderObservers } from './order-observers.js';
import { OrderPaymentObserver } from './order-payment-observer.js';
import { OrderTransitionRepository } from './order-transition.repository.js';
import { OrderReturnRepository } from './returns/order-return.repository.js';
import { ReturnAnnouncing } from './returns/return-announcing.js';

/** What both roles need of orders: finding them, their history, and what their payments do to them. */
@Module({
  imports: [
    CustomersModelModule,
    MailModule,
    PaymentsModelModule,
    PromotionsModelModule,
    StoresModelModule,
  ],
  providers: [
    ConfirmationFiles,
    LineProgressRepository,
    OrderReturnRepository,
    ReturnAnnouncing,
    OrderLinks,
    OrderBilling,
    OrderLookup,
    provide(
      OrderHistoryCopy,
      [SharedCache, InstallationReader, RuntimeConfig],
      async (cache, installation, { replicaId }) =>
        new OrderHistoryCopy(
          cache.series(HISTORY_SERIES),
          new AnnouncementSeal(await installation.get(), replicaId, HISTORY_SERIES.name),
        ),
    ),
    OrderHistoryRenewal,
    OrderTransitionRepository,
    OrderMoves,
    LetGoTrigger,
    OrderedBefore,
    OrderObservers,
    OrderPaymentObserver,
    OrderCredit,
  ],
  exports: [
    ConfirmationFiles,
    LineProgressRepository,
    OrderReturnRepository,
    ReturnAnnouncing,
    OrderLinks,
    OrderBilling,
    OrderLookup,
    OrderHistoryCopy,
    OrderHistoryRenewal,
    OrderTransitionRepository,
    OrderMoves,
    OrderObservers,
  ],
})
export class OrdersModelModule {}
