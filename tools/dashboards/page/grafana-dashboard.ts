import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { readTextFile } from '../../read-text-file.js';
import { UsageError } from '../../usage-error.js';

const targetSchema = z.looseObject({ expr: z.string(), legendFormat: z.string() });

const panelSchema = z.looseObject({
  title: z.string(),
  description: z.string(),
  fieldConfig: z.looseObject({
    defaults: z.looseObject({
      unit: z.string(),
      thresholds: z.looseObject({
        steps: z.array(z.looseObject({ value: z.number().nullable() })),
      }),
    }),
  }),
  targets: z.array(targetSchema),
});

const dashboardSchema = z.looseObject({ title: z.string(), panels: z.array(panelSchema) });

/** What of a panel of Grafana is drawn. */
export interface GrafanaPanel {
  readonly title: string;
  readonly description: string;
  readonly unit: string;
  /** Where a line is drawn. */
  readonly limit: number | undefined;
  readonly targets: readonly { readonly expr: string; readonly legendFormat: string }[];
}

export interface GrafanaDashboard {
  /** Of its file. */
  readonly name: string;
  readonly title: string;
  readonly panels: readonly GrafanaPanel[];
}

/** The dashboards of a folder, as Grafana reads them. Throws `UsageError` for a folder without any, and for a file that is none. */
export function readDashboards(folder: string): GrafanaDashboard[] {
  const files = filesOf(folder).filter((file) => file.endsWith('.json'));
  if (files.length === 0) throw new UsageError(`no dashboards (*.json) in ${folder}`);
  return files.toSorted().map((file) => readDashboard(join(folder, file)));
}

function filesOf(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (cause) {
    throw new UsageError((cause as Error).message, { cause });
  }
}

function readDashboard(file: string): GrafanaDashboard {
  const text = readTextFile(file);
  try {
    const { title, panels } = dashboardSchema.parse(JSON.parse(text));
    return { name: basename(file, '.json'), title, panels: panels.map(panelOf) };
  } catch (cause) {
    throw new UsageError(`${file} is no dashboard of panels with queries`, { cause });
  }
}

function panelOf(panel: z.infer<typeof panelSchema>): GrafanaPanel {
  const { title, description, targets, fieldConfig } = panel;
  const { unit, thresholds } = fieldConfig.defaults;
  // The first step is where the good begins.
  const limit = thresholds.steps.find(({ value }) => value !== null)?.value ?? undefined;
  return { title, description, unit, limit, targets };
}
