import { around, circle, label, line, path, rect, type Drawing } from './svg.js';

/** Solid, vented, slotted, drilled, coated: two variations each. */
const brakeDisc: Drawing = ({ light, mid, dark, ink, accent }, variation) => {
  const kind = Math.floor(variation / 2);
  const edge = kind === 4 ? accent : dark;
  const surface = [
    '',
    around(36, line('M200 66 L206 84', dark, 3)),
    around(6, line('M200 76 Q214 96 210 122', ink, 5)),
    around(18, circle(200, 78, 5, ink) + circle(208, 98, 5, ink) + circle(200, 117, 4.5, ink)),
    '',
  ][kind];
  return [
    circle(206, 196, 134, ink, 'opacity="0.25"'),
    circle(200, 190, 134, edge),
    circle(200, 190, 130, 'url(#metal)'),
    surface,
    circle(200, 190, 62, kind === 4 ? accent : mid),
    circle(200, 190, 56, 'url(#metal)'),
    around(variation % 2 === 0 ? 5 : 4, circle(200, 151, 7, ink)),
    circle(200, 190, 25, ink),
    circle(200, 190, 22, light, 'opacity="0.9"'),
  ].join('');
};

const brakePads: Drawing = ({ light, mid, dark, ink, accent }, variation) => {
  const lining = [mid, '#8f7f6b', '#5d6066', accent, '#4c5a57'][Math.floor(variation / 2)] ?? mid;
  const pad = (shift: number): string =>
    `<g transform="translate(${shift} ${shift * 0.9})">${[
      path(
        'M92 214 Q92 118 200 112 Q308 118 308 214 L292 230 Q200 196 108 230 Z',
        ink,
        'opacity="0.2" transform="translate(6 8)"',
      ),
      path(
        'M84 206 L104 206 Q104 116 200 112 Q296 116 296 206 L316 206 L316 226 L290 230 Q200 194 110 230 L84 226 Z',
        dark,
      ),
      path('M118 202 Q122 128 200 124 Q278 128 282 202 Q200 172 118 202 Z', lining),
      line('M200 126 L200 181', dark, variation % 2 === 0 ? 5 : 0),
      line('M140 184 Q200 160 260 184', light, 2, 'opacity="0.35"'),
    ].join('')}</g>`;
  return pad(-18) + pad(34);
};

const brakeCaliper: Drawing = ({ light, mid, dark, ink, accent, accentDark }, variation) => {
  const pistons = [1, 4, 2, 0, 0][Math.floor(variation / 2)] ?? 1;
  const body = variation % 2 === 0 ? accent : mid;
  const holes = pistons > 1 ? [140, 200, 260].slice(0, pistons === 4 ? 3 : 2) : [200];
  return [
    path(
      'M70 236 Q70 92 200 86 Q330 92 330 236 L282 236 Q276 176 200 172 Q124 176 118 236 Z',
      ink,
      'opacity="0.25" transform="translate(6 9)"',
    ),
    path(
      'M70 236 Q70 92 200 86 Q330 92 330 236 L282 236 Q276 176 200 172 Q124 176 118 236 Z',
      body,
    ),
    path(
      'M92 222 Q98 112 200 106 Q302 112 308 222',
      'none',
      `stroke="${light}" stroke-width="4" opacity="0.4"`,
    ),
    ...holes.map(
      (x) =>
        circle(x, 142 + Math.abs(x - 200) / 6, 21, accentDark) +
        circle(x, 142 + Math.abs(x - 200) / 6, 13, dark),
    ),
    rect([58, 228, 70, 34], 8, dark),
    rect([272, 228, 70, 34], 8, dark),
    circle(93, 245, 9, light),
    circle(307, 245, 9, light),
    rect([192, 60, 16, 32], 4, dark),
  ].join('');
};

const brakeFluid: Drawing = ({ light, dark, ink, accent, accentDark }, variation) => {
  const grade = ['DOT 3', 'DOT 4', '4 LV', 'DOT 5.1', 'RACE'][Math.floor(variation / 2)] ?? 'DOT 4';
  return [
    path(
      'M140 118 L140 300 Q140 316 156 316 L244 316 Q260 316 260 300 L260 118 Q260 96 232 90 L232 66 L168 66 L168 90 Q140 96 140 118 Z',
      ink,
      'opacity="0.22" transform="translate(8 6)"',
    ),
    rect([170, 40, 60, 32], 6, dark),
    around(1, rect([176, 44, 6, 24], 2, light, 'opacity="0.3"')),
    path(
      'M140 118 L140 300 Q140 316 156 316 L244 316 Q260 316 260 300 L260 118 Q260 96 232 90 L232 72 L168 72 L168 90 Q140 96 140 118 Z',
      variation % 2 === 0 ? '#f2efe6' : '#d9dde2',
    ),
    rect([140, 150, 120, 112], 0, accent),
    rect([140, 240, 120, 22], 0, accentDark),
    label(grade, [200, 208], 27, '#ffffff'),
    label('BRAKE FLUID', [200, 256], 12, '#ffffff', 'letter-spacing="1"'),
    rect([150, 108, 9, 190], 4, '#ffffff', 'opacity="0.45"'),
  ].join('');
};

export const brakeDrawings: Readonly<Record<string, Drawing>> = {
  'brake-discs': brakeDisc,
  'brake-pads': brakePads,
  'brake-calipers': brakeCaliper,
  'brake-fluids': brakeFluid,
};
