import { Injectable } from '@nestjs/common';
import { JobHandler, type HandlesJob, type JobContext } from '#authoring/jobs';
import { DatabaseClock, PrimaryReader, type Transaction } from '#libs/database';
import { newId, type JsonObject } from '#libs/kernel';
import type { Customer } from '../../model/customer.js';
import { CustomerLookup } from '../../model/customer-lookup.js';
import { exportCustomerJob } from './export-customer.job.js';
import { PersonalDataReader } from './personal-data.reader.js';
import { PERSONAL_EXPORT_KEPT_MS } from './personal-exports.js';
import { PersonalExportRepository } from './personal-export.repository.js';

/** Small enough that a row never weighs on a replica or on the database. */
const CHUNK_BYTES = 256 * 1024;

/** Ends a run without a failure: there is nobody to tell of any more. */
class PersonErased extends Error {}

/**
 * Writes the file with what is known of a person, piece by piece. Each run begins anew, since what an earlier one
 * had read may have changed; a piece is written only by the run that owns the job. An erasure takes the pieces away
 * and none is written after it.
 */
@Injectable()
@JobHandler(exportCustomerJob)
export class ExportCustomerHandler implements HandlesJob<{ readonly exportId: string }> {
  constructor(
    private readonly database: PrimaryReader,
    private readonly clock: DatabaseClock,
    private readonly customers: CustomerLookup,
    private readonly personal: PersonalDataReader,
    private readonly exports: PersonalExportRepository,
  ) {}

  async handle({ exportId }: { readonly exportId: string }, context: JobContext): Promise<void> {
    try {
      await this.write(exportId, context);
    } catch (error) {
      if (!(error instanceof PersonErased)) throw error;
      await context.complete(async () => ({ isExported: false }));
    }
  }

  private async write(exportId: string, context: JobContext): Promise<void> {
    const wanted = await this.exports.findForJob(this.database, exportId);
    if (wanted === undefined) throw new PersonErased();
    const person = await this.customers.findOwn(this.database, wanted.customerId);
    if (person === undefined || person.erasedAt !== null) throw new PersonErased();
    // Of this run alone, so that no step of an earlier one is taken for one of its own.
    const run = newId();
    await context.step(`${run}.clear`, (tx) => this.exports.clear(tx, exportId));
    let chunkCount = 0;
    let sizeBytes = 0;
    for await (const content of inChunks(this.file(person))) {
      context.signal.throwIfAborted();
      const sequence = chunkCount;
      await context.step(`${run}.${sequence}`, async (tx) => {
        await this.assertThere(tx, person.id);
        await this.exports.appendChunk(tx, exportId, sequence, content);
      });
      chunkCount += 1;
      sizeBytes += content.length;
      context.progress({ sizeBytes });
    }
    await context.complete(async (tx): Promise<JsonObject> => {
      if (await this.customers.isErased(tx, person.id)) return { isExported: false };
      const finishedAt = this.clock.wallMs();
      const expiresAt = finishedAt + PERSONAL_EXPORT_KEPT_MS;
      await this.exports.removeOf(tx, person.id, exportId);
      await this.exports.finish(tx, exportId, { chunkCount, sizeBytes, finishedAt, expiresAt });
      return { isExported: true, sizeBytes };
    });
  }

  /** Holds the person until the unit of work ends: an erasure waits, and finds what was written. */
  private async assertThere(tx: Transaction, customerId: string): Promise<void> {
    if (await this.customers.isErased(tx, customerId)) throw new PersonErased();
  }

  private async *file(person: Customer): AsyncGenerator<string, void, undefined> {
    const head = {
      format: 'lockstep.personal-data',
      version: 1,
      store: person.storeCode,
      customerId: person.id,
      exportedAt: new Date(this.clock.wallMs()).toISOString(),
    };
    yield `${JSON.stringify(head).slice(0, -1)},"records":[`;
    let separator = '\n';
    for await (const record of this.personal.records(person)) {
      yield `${separator}${JSON.stringify(record)}`;
      separator = ',\n';
    }
    yield '\n]}\n';
  }
}

async function* inChunks(texts: AsyncIterable<string>): AsyncGenerator<Buffer, void, undefined> {
  let held: Buffer[] = [];
  let heldBytes = 0;
  for await (const text of texts) {
    const bytes = Buffer.from(text);
    held.push(bytes);
    heldBytes += bytes.length;
    if (heldBytes < CHUNK_BYTES) continue;
    yield Buffer.concat(held);
    held = [];
    heldBytes = 0;
  }
  if (heldBytes > 0) yield Buffer.concat(held);
}
