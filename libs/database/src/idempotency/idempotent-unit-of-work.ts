import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { JsonValue } from '#libs/kernel';
import { DatabaseClock } from '../database-clock.js';
import { isUniqueViolation } from '../sql/dialect.js';
import { sql } from '../sql/sql.js';
import type { SqlQueries } from '../sql/sql-queries.js';
import type { Transaction } from '../unit-of-work/transaction.js';
import { UnitOfWork } from '../unit-of-work/unit-of-work.js';
import { idempotencyErrors } from './idempotency.errors.js';
import type { IdempotencyRecordEntity } from '../tables/idempotency-record.entity.js';
import type { RowOf } from '../sql/row-of.js';

export interface IdempotentRequest {
  /** What the key belongs to, such as the cart; at most 100 characters. */
  readonly scope: string;
  /** As the client sent it, at most 200 characters. */
  readonly key: string;
  /** Everything that makes two requests the same. */
  readonly body: JsonValue;
}

type RecordRow = RowOf<IdempotencyRecordEntity, 'fingerprint' | 'answer_json'>;

const RETRY_AFTER_SECONDS = 1;

/**
 * Units of work that happen once for a key, on whatever replica, however often they are asked for and
 * whatever ends on the way: what was answered is written in the transaction of the effects. The same
 * request gets the stored answer for at least 24 hours.
 *
 * Throws `idempotency.key-reused` for another request with the key, and `idempotency.in-progress` (with
 * `Retry-After`) while this replica is working on it; on another replica it waits for the outcome.
 */
@Injectable()
export class IdempotentUnitOfWork {
  private readonly underWay = new Set<string>();

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: DatabaseClock,
  ) {}

  /** What the request was answered before; undefined when it was not carried out yet. */
  async findAnswer<Answer extends JsonValue>(
    queries: SqlQueries,
    request: IdempotentRequest,
  ): Promise<Answer | undefined> {
    const { scope, key } = request;
    const [row] = await queries.query<RecordRow>(sql`
      SELECT fingerprint, answer_json
      FROM idempotency_record
      WHERE scope = ${scope} AND idempotency_key = ${key}`);
    if (row === undefined) return undefined;
    if (row.fingerprint !== fingerprintOf(request)) throw idempotencyErrors.keyReused();
    return JSON.parse(row.answer_json) as Answer;
  }

  /** Holds the key in this replica while `work` plans and writes. */
  async exclusively<T>({ scope, key }: IdempotentRequest, work: () => Promise<T>): Promise<T> {
    const name = `${scope} ${key}`;
    if (this.underWay.has(name)) {
      throw idempotencyErrors.inProgress({ retryAfterSeconds: RETRY_AFTER_SECONDS });
    }
    this.underWay.add(name);
    try {
      return await work();
    } finally {
      this.underWay.delete(name);
    }
  }

  /** Does `work` in one unit of work, or gives the answer that it had when it was done before. */
  async run<Answer extends JsonValue>(
    request: IdempotentRequest,
    work: (tx: Transaction) => Promise<Answer>,
  ): Promise<Answer> {
    try {
      return await this.attempt(request, work);
    } catch (error) {
      // Another replica was quicker between the look and the write; its answer is there now.
      if (!isUniqueViolation(this.unitOfWork.dialect, error)) throw error;
      return this.attempt(request, work);
    }
  }

  private attempt<Answer extends JsonValue>(
    request: IdempotentRequest,
    work: (tx: Transaction) => Promise<Answer>,
  ): Promise<Answer> {
    return this.unitOfWork.run(async (tx) => {
      const earlier = await this.findAnswer<Answer>(tx, request);
      if (earlier !== undefined) return earlier;
      const answer = await work(tx);
      await tx.execute(
        sql.insert('idempotency_record', [
          {
            scope: request.scope,
            idempotency_key: request.key,
            fingerprint: fingerprintOf(request),
            answer_json: JSON.stringify(answer),
            created_at: this.clock.wallMs(),
          },
        ]),
      );
      return answer;
    });
  }
}

function fingerprintOf({ body }: IdempotentRequest): string {
  return createHash('sha256').update(canonicalText(body)).digest('hex');
}

/** The same text for the same value, in whatever order its fields came. */
function canonicalText(value: JsonValue): string {
  return JSON.stringify(value, (_key, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
}
