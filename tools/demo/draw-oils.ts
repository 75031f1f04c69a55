import { around, circle, label, line, path, rect, type Drawing } from './svg.js';

const drop = (x: number, y: number, scale: number, fill: string): string =>
  `<g transform="translate(${x} ${y}) scale(${scale})">${path('M0 -40 Q30 -2 30 18 A30 30 0 0 1 -30 18 Q-30 -2 0 -40 Z', fill)}${path('M-16 14 Q-16 32 0 36', 'none', 'stroke="#ffffff" stroke-width="5" stroke-linecap="round" opacity="0.7"')}</g>`;

/** A canister with a handle. */
const canister =
  (grades: readonly string[]): Drawing =>
  ({ light, dark, ink, accent, accentDark }, variation) => {
    const grade = grades[Math.floor(variation / 2)] ?? '';
    const body = variation % 2 === 0 ? dark : accentDark;
    const outline =
      'M116 128 Q116 104 140 100 L166 96 L166 82 L226 82 L226 96 Q284 100 284 150 L284 296 Q284 314 266 314 L134 314 Q116 314 116 296 Z';
    return [
      path(outline, ink, 'opacity="0.22" transform="translate(8 6)"'),
      rect([170, 48, 52, 36], 6, accent),
      ...Array.from({ length: 6 }, (_, index) =>
        line(`M${176 + index * 8} 54 L${176 + index * 8} 78`, accentDark, 2),
      ),
      path(outline, body),
      path('M244 126 Q264 130 264 154 L264 200 L248 200 L248 160 Q248 146 238 142 Z', '#eef0f2'),
      rect([130, 168, 104, 126], 8, '#fbf7ec'),
      rect([130, 168, 104, 30], 8, accent),
      drop(182, 226, 0.52, accent),
      label(grade, [182, 282], grade.length > 6 ? 19 : 24, '#22262b'),
      rect([124, 128, 8, 170], 4, light, 'opacity="0.28"'),
    ].join('');
  };

const oilFilter: Drawing = ({ light, mid, dark, ink, accent, accentDark }, variation) => {
  const kind = Math.floor(variation / 2);
  if (kind === 1 || kind === 4) {
    const folds = Array.from({ length: 13 }, (_, index) =>
      rect([124 + index * 12, 104, 7, 176], 3, index % 2 === 0 ? '#f3e3ba' : '#dcc489'),
    );
    return [
      rect([118, 108, 176, 180], 10, ink, 'opacity="0.2"'),
      rect([116, 98, 168, 188], 8, '#e8d5a4'),
      ...folds,
      rect([106, 82, 188, 26], 10, kind === 4 ? dark : accent),
      rect([106, 276, 188, 26], 10, kind === 4 ? dark : accent),
      circle(200, 92, 12, ink),
      variation % 2 === 0
        ? circle(200, 330, 0, mid)
        : line('M130 318 A70 10 0 0 0 270 318', accentDark, 6),
    ].join('');
  }
  const shell = [accent, accent, mid, dark, accent][kind] ?? accent;
  return [
    rect([122, 90, 172, 216], 22, ink, 'opacity="0.22"'),
    rect([114, 82, 172, 216], 22, variation % 2 === 0 ? shell : accentDark),
    ...Array.from({ length: 12 }, (_, index) =>
      rect([120 + index * 14, 82, 6, 40], 3, '#000000', 'opacity="0.18"'),
    ),
    rect([114, 160, 172, 78], 0, '#fbf7ec'),
    drop(156, 200, 0.5, accent),
    label('OIL', [226, 196], 27, '#22262b'),
    label('FILTER', [226, 220], 17, '#22262b', 'letter-spacing="2"'),
    rect([108, 286, 184, 18], 6, dark),
    rect([168, 304, 64, 16], 4, 'url(#metal)'),
    kind === 3
      ? around(1, rect([108, 254, 184, 14], 4, '#c62828') + rect([200, 254, 92, 14], 4, '#1d4f91'))
      : '',
    rect([126, 92, 9, 196], 4, light, 'opacity="0.3"'),
  ].join('');
};

const additive: Drawing = ({ light, mid, dark, ink, accent, accentDark }, variation) => {
  const kind = Math.floor(variation / 2);
  const tint = [accent, '#b3541e', '#b87333', '#e9ecef', '#3d6b99'][kind] ?? accent;
  if (kind === 2 || kind === 3) {
    return [
      path('M152 96 L248 96 L262 296 L138 296 Z', ink, 'opacity="0.2" transform="translate(8 6)"'),
      path('M152 96 L248 96 L262 296 L138 296 Z', tint, `stroke="${mid}" stroke-width="2"`),
      rect([138, 290, 124, 16], 3, mid),
      path('M152 96 L186 72 L214 72 L248 96 Z', mid),
      rect([184, 44, 32, 30], 5, variation % 2 === 0 ? dark : accent),
      rect([152, 150, 96, 92], 6, '#ffffff', 'opacity="0.85"'),
      label(kind === 2 ? 'Cu' : 'Li', [200, 210], 42, '#22262b'),
      line('M164 120 L162 280', light, 6, 'opacity="0.5"'),
    ].join('');
  }
  return [
    path(
      'M146 150 Q146 118 180 110 L180 76 L220 76 L220 110 Q254 118 254 150 L254 298 Q254 312 240 312 L160 312 Q146 312 146 298 Z',
      ink,
      'opacity="0.22" transform="translate(8 6)"',
    ),
    path('M190 20 L210 20 L220 80 L180 80 Z', variation % 2 === 0 ? dark : accentDark),
    path(
      'M146 150 Q146 118 180 110 L180 76 L220 76 L220 110 Q254 118 254 150 L254 298 Q254 312 240 312 L160 312 Q146 312 146 298 Z',
      tint,
    ),
    rect([146, 170, 108, 104], 0, '#fbf7ec'),
    drop(200, 216, 0.6, tint),
    label(
      ['FLUSH', 'STOP', '', '', 'DIESEL'][kind] ?? '',
      [200, 268],
      17,
      '#22262b',
      'letter-spacing="2"',
    ),
    rect([156, 140, 9, 158], 4, '#ffffff', 'opacity="0.4"'),
  ].join('');
};

export const oilDrawings: Readonly<Record<string, Drawing>> = {
  'engine-oils': canister(['0W-20', '0W-30', '5W-30', '5W-40', '10W-40']),
  'gear-oils': canister(['75W-80', '75W-90', 'ATF', '80W-90', 'DCT']),
  'oil-filters': oilFilter,
  'additives-and-greases': additive,
};
