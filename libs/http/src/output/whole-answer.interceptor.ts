import {
  Inject,
  Injectable,
  Optional,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { CoherentCache } from '#libs/cache';

/**
 * The answer of a handler, with all parts of one state of the database: the handler is run again when a change
 * came between what it read. For handlers that do nothing but read.
 */
@Injectable()
export class WholeAnswerInterceptor implements NestInterceptor {
  constructor(
    @Optional() @Inject(CoherentCache) private readonly cache: CoherentCache | undefined,
  ) {}

  intercept(_context: ExecutionContext, next: CallHandler<unknown>): Observable<unknown> {
    if (this.cache === undefined) return next.handle();
    return from(this.cache.whole(() => lastValueFrom(next.handle())));
  }
}
