import { around, circle, line, path, rect, type Drawing, type Palette } from './svg.js';

const rubber = '#23272d';

function tyre(tread: string, { mid, ink }: Palette, hub: string): string {
  return [
    circle(207, 198, 142, ink, 'opacity="0.22"'),
    circle(200, 190, 142, rubber),
    tread,
    circle(200, 190, 122, '#2d3239'),
    circle(200, 190, 114, rubber, `stroke="#3a4048" stroke-width="2"`),
    circle(200, 190, 88, mid),
    circle(200, 190, 84, 'url(#metal)'),
    hub,
  ].join('');
}

const simpleHub = (palette: Palette, spokes: number): string =>
  [
    around(spokes, path('M188 180 L180 112 L220 112 L212 180 Z', palette.dark, 'opacity="0.75"')),
    circle(200, 190, 26, palette.mid),
    circle(200, 190, 13, palette.accent),
    around(5, circle(200, 172, 3, palette.ink)),
  ].join('');

const summerTyre: Drawing = (palette, variation) => {
  const kind = Math.floor(variation / 2);
  const tread = around(
    40 + kind * 4,
    line(variation % 2 === 0 ? 'M200 50 L204 66' : 'M200 50 L196 58 L202 66', '#4a515a', 3),
  );
  const stripe = `stroke="${palette.accent}" stroke-width="4" stroke-dasharray="${60 + kind * 20} 480"`;
  return tyre(tread, palette, simpleHub(palette, 5 + kind)) + circle(200, 190, 101, 'none', stripe);
};

const winterTyre: Drawing = (palette, variation) => {
  const kind = Math.floor(variation / 2);
  const block =
    rect([194, 46, 13, 19], 2, '#3a4048') +
    line('M197 52 L204 52 M197 57 L204 57 M197 62 L204 62', '#14171b', 1.5);
  const studs = kind === 4 ? around(24, circle(200, 55, 3, '#e8edf2'), undefined, 4) : '';
  const flake = around(
    6,
    line('M200 190 L200 162 M200 172 L192 165 M200 172 L208 165', '#ffffff', 4),
  );
  const hub = `${circle(200, 190, 52, palette.accent)}${flake}`;
  return tyre(
    around(30 + kind, block) + studs,
    palette,
    simpleHub(palette, 6 + (variation % 2) * 2) + hub,
  );
};

const alloyWheel: Drawing = (palette, variation) => {
  const kind = Math.floor(variation / 2);
  const { mid, dark, ink, accent, light } = palette;
  const finish =
    ['url(#metal)', '#5a616b', '#2a2e34', 'url(#metal)', '#f1f3f5'][kind] ?? 'url(#metal)';
  const edge = kind === 4 ? mid : dark;
  const spoke = [
    path(
      'M184 190 L176 74 Q200 64 224 74 L216 190 Z',
      finish,
      `stroke="${edge}" stroke-width="1.5"`,
    ),
    path(
      'M194 190 L190 70 L199 68 L199 190 Z M201 190 L203 68 L212 71 L207 190 Z',
      finish,
      `stroke="${edge}" stroke-width="1"`,
    ),
    path(
      'M190 190 L194 124 L166 78 L180 70 L200 104 L220 70 L234 78 L206 124 L210 190 Z',
      finish,
      `stroke="${edge}" stroke-width="1.5"`,
    ),
    line('M200 190 L166 76 M200 190 L234 76', edge, 9) +
      line('M200 190 L166 76 M200 190 L234 76', '#cfd5db', 6),
    path('M192 160 Q196 108 178 84 L222 84 Q204 108 208 160 Z', dark, 'opacity="0.55"'),
  ][kind];
  const counts = [5, 10, 7, 12, 9];
  return [
    circle(207, 198, 136, ink, 'opacity="0.22"'),
    circle(200, 190, 136, mid),
    circle(200, 190, 131, 'url(#metal)'),
    circle(200, 190, 122, kind === 4 ? finish : ink),
    around(counts[kind] ?? 5, spoke ?? '', undefined, variation % 2 === 0 ? 0 : 18),
    circle(200, 190, 38, finish, `stroke="${edge}" stroke-width="1.5"`),
    around(5, circle(200, 165, 5, ink)),
    circle(200, 190, 15, accent),
    circle(195, 185, 5, light, 'opacity="0.6"'),
  ].join('');
};

const wheelAccessory: Drawing = ({ light, mid, dark, ink, accent, accentDark }, variation) => {
  const kind = Math.floor(variation / 2);
  const tone = variation % 2 === 0 ? 'url(#metal)' : mid;
  if (kind === 2) {
    return [
      circle(206, 198, 126, ink, 'opacity="0.22"'),
      circle(200, 190, 126, accentDark),
      circle(200, 190, 120, accent),
      circle(200, 190, 52, '#eef1f4'),
      around(
        5,
        circle(200, 104, 12, ink) + rect([192, 128, 16, 8], 3, light),
        undefined,
        variation % 2 === 0 ? 0 : 20,
      ),
    ].join('');
  }
  if (kind === 3) {
    return [
      rect([116, 150, 180, 110], 26, ink, 'opacity="0.22"'),
      rect([108, 142, 180, 110], 26, dark),
      rect([122, 156, 152, 82], 16, variation % 2 === 0 ? '#3b434d' : '#4a4f57'),
      line('M282 160 L334 104', mid, 18) + line('M326 112 L344 92', accent, 16),
      [0, 1, 2]
        .map((ring) =>
          line(
            `M${176 - ring * 16} ${214 - ring * 8} A ${24 + ring * 20} ${24 + ring * 20} 0 0 1 ${220 + ring * 16} ${214 - ring * 8}`,
            accent,
            6,
          ),
        )
        .join(''),
      circle(198, 222, 7, accent),
    ].join('');
  }
  const one = [
    path(
      'M178 108 L222 108 L232 126 L222 144 L178 144 L168 126 Z',
      tone,
      `stroke="${dark}" stroke-width="2"`,
    ),
    path('M164 144 L236 144 Q232 172 214 176 L186 176 Q168 172 164 144 Z', mid),
    rect([184, 174, 32, 126], 5, tone),
    Array.from({ length: 9 }, (_, index) =>
      line(`M184 ${190 + index * 12} L216 ${196 + index * 12}`, dark, 2.5),
    ).join(''),
    kind === 1 ? around(6, circle(200, 117, 3.5, accent), [200, 126]) : '',
  ].join('');
  const valve = [
    path('M184 116 L216 116 L224 250 Q224 276 200 276 Q176 276 176 250 Z', rubber),
    rect([188, 84, 24, 40], 5, tone, `stroke="${dark}" stroke-width="2"`),
    rect([186, 66, 28, 30], 6, accent),
    Array.from({ length: 5 }, (_, index) =>
      line(`M${189 + index * 5.5} 70 L${189 + index * 5.5} 92`, accentDark, 1.5),
    ).join(''),
  ].join('');
  const item = kind === 4 ? valve : one;
  return [-84, 0, 84]
    .map((shift) => `<g transform="translate(${shift} ${Math.abs(shift) / 6})">${item}</g>`)
    .join('');
};

export const wheelDrawings: Readonly<Record<string, Drawing>> = {
  'summer-tyres': summerTyre,
  'winter-tyres': winterTyre,
  'alloy-wheels': alloyWheel,
  'wheel-accessories': wheelAccessory,
};
