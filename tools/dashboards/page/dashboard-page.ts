import { escapeHtml } from '#libs/kernel';
import type { Chosen } from './panel-query.js';
import { PAGE_STYLE } from './page-style.js';

const REFRESH_S = 15;

/** The times that can be looked at, as they are named. */
export const RANGES: ReadonlyMap<string, number> = new Map([
  ['5m', 300],
  ['15m', 900],
  ['1h', 3_600],
  ['6h', 21_600],
  ['24h', 86_400],
]);

export interface DashboardPage {
  readonly name: string;
  readonly title: string;
  /** Of all dashboards. */
  readonly names: readonly string[];
  /** Drawn, in their order. */
  readonly panels: readonly string[];
  /** What may be chosen. */
  readonly choices: Chosen;
  readonly chosen: Chosen;
  readonly rangeName: string;
}

/** A page that needs no script: it is asked for again by itself. */
export function dashboardPage(page: DashboardPage): string {
  const { name, title, names, panels, choices, chosen, rangeName } = page;
  const search = searchOf(chosen, rangeName);
  const links = names.map(
    (each) =>
      `<a href="/${escapeHtml(each)}?${escapeHtml(search)}"${each === name ? ' aria-current="page"' : ''}>${escapeHtml(each)}</a>`,
  );
  const ranges = [...RANGES.keys()].map((each) => option(each, each === rangeName));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="${REFRESH_S}">
<title>${escapeHtml(title)}</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<header>
<h1>${escapeHtml(title)}</h1>
<nav>${links.join('')}</nav>
<form>
${select('role', choices.role, chosen.role)}
${select('instance', choices.instance, chosen.instance)}
<label>last <select name="range">${ranges.join('')}</select></label>
<button>Show</button>
</form>
</header>
<main>
${panels.join('\n')}
</main>
</body>
</html>
`;
}

function select(name: string, choices: readonly string[], chosen: readonly string[]): string {
  const options = choices.map((value) => option(value, chosen.includes(value)));
  return `<label>${name} <select name="${name}"><option value="">All</option>${options.join('')}</select></label>`;
}

function option(value: string, isChosen: boolean): string {
  return `<option${isChosen ? ' selected' : ''}>${escapeHtml(value)}</option>`;
}

function searchOf({ role, instance }: Chosen, range: string): string {
  const search = new URLSearchParams({ range });
  for (const value of role) search.append('role', value);
  for (const value of instance) search.append('instance', value);
  return search.toString();
}
