import { dashboards } from '../dashboards/dashboards.js';
import { renderDashboard } from '../dashboards/render-dashboard.js';
import { formattedDocument, type GeneratedDocument } from './generated-document.js';

/** The dashboards of Grafana, each a file that it reads when it starts. */
export function dashboardDocuments(): Promise<GeneratedDocument[]> {
  return Promise.all(
    dashboards.map((dashboard) =>
      formattedDocument(
        `docker/grafana/dashboards/${dashboard.name}.json`,
        JSON.stringify(renderDashboard(dashboard), undefined, 2),
      ),
    ),
  );
}
