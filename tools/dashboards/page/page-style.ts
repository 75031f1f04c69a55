/** Of the page; it stands in it, since the page asks for nothing else. */
export const PAGE_STYLE = `
:root { color-scheme: dark; font: 14px/1.4 system-ui, "DejaVu Sans", sans-serif; background: #111217; color: #d8d9e0; }
body { margin: 0; padding: 12px 16px 32px; }
header { display: flex; flex-wrap: wrap; gap: 8px 24px; align-items: center; margin-bottom: 12px; }
h1 { font-size: 18px; margin: 0; }
nav a { color: #9fb4ff; margin-right: 12px; text-decoration: none; }
nav a[aria-current] { color: inherit; font-weight: 600; }
form { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; margin-left: auto; }
select, button { font: inherit; background: #1f2129; color: inherit; border: 1px solid #3a3d47; border-radius: 3px; padding: 2px 6px; max-width: 260px; }
main { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(560px, 100%), 1fr)); gap: 12px; }
section { background: #181b1f; border: 1px solid #2a2d35; border-radius: 3px; padding: 8px 12px; min-width: 0; }
h2 { font-size: 14px; margin: 0; }
.about { margin: 0 0 6px; color: #9a9daa; font-size: 12px; overflow-wrap: anywhere; }
.limit-text { color: #ff9aa4; }
svg { display: block; width: 100%; height: auto; }
svg text { fill: #9a9daa; font-size: 11px; }
svg .value { text-anchor: end; }
svg .time { text-anchor: middle; }
svg .grid { stroke: #2a2d35; }
svg .limit { stroke: #f2495c; stroke-dasharray: 6 4; }
svg polyline.series { fill: none; stroke-width: 1.5; stroke-linejoin: round; }
svg path.series { stroke-width: 4; stroke-linecap: round; }
.legend { max-height: 132px; overflow-y: auto; }
table { width: 100%; border-collapse: collapse; font-size: 12px; }
th { width: 100%; text-align: left; font-weight: 400; overflow-wrap: anywhere; }
td { text-align: right; white-space: nowrap; padding-left: 16px; }
tr:first-child td { color: #9a9daa; }
i { display: inline-block; width: 12px; height: 3px; margin-right: 8px; vertical-align: middle; }
.empty, .refusal { margin: 0; padding: 48px 0; text-align: center; color: #9a9daa; overflow-wrap: anywhere; }
.refusal { color: #ff9aa4; }
`;
