import { Injectable } from '@nestjs/common';
import { PrimaryReader, type RowOf, sql, UnitOfWork, type Transaction } from '#libs/database';
import { newId } from '#libs/kernel';
import type { MetricSample } from '../../model/deciding/metric-history.js';
import type { ScaledRole } from '../../model/rules/scaling-rules.js';
import type { ScalingSampleEntity } from '../../model/records/scaling-sample.entity.js';

type SampleRow = RowOf<ScalingSampleEntity, 'sampled_at' | 'role' | 'metric' | 'value_text'>;

/** Measurements of one metric of a role, after `from`. */
export interface SampleSeries {
  readonly role: ScaledRole;
  readonly metric: string;
  /** Epoch milliseconds. */
  readonly from: number;
}

/** What was measured: it outlives the replica that decides. */
@Injectable()
export class ScalingSampleRepository {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly reader: PrimaryReader,
  ) {}

  /** In the order of time. What is in two series comes once. */
  async read(series: readonly SampleSeries[]): Promise<MetricSample[]> {
    if (series.length === 0) return [];
    const wanted = series.map(
      ({ role, metric, from }) =>
        sql`(role = ${role} AND metric = ${metric} AND sampled_at > ${from})`,
    );
    const rows = await this.reader.query<SampleRow>(
      sql`
        SELECT sampled_at, role, metric, value_text
        FROM scaling_sample
        WHERE sampled_at > ${Math.min(...series.map(({ from }) => from))}
          AND (${sql.join(wanted, ' OR ')})
        ORDER BY sampled_at, id`,
      { part: 'upkeep' },
    );
    return rows.map(({ sampled_at, role, metric, value_text }) => ({
      at: sampled_at,
      role,
      metric,
      value: Number(value_text),
    }));
  }

  async insert(tx: Transaction, samples: readonly MetricSample[]): Promise<void> {
    if (samples.length === 0) return;
    const rows = samples.map(({ at, role, metric, value }) => ({
      id: newId(),
      sampled_at: at,
      role,
      metric,
      value_text: String(value),
    }));
    await tx.execute(sql.insert('scaling_sample', rows));
  }

  /** What another application reports. */
  async add(samples: readonly MetricSample[]): Promise<void> {
    await this.unitOfWork.run((tx) => this.insert(tx, samples));
  }
}
