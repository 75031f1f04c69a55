import { circle, label, line, path, rect, type Drawing } from './svg.js';

const bolt = (x: number, y: number, scale: number, fill: string): string =>
  `<g transform="translate(${x} ${y}) scale(${scale})">${path('M10 -46 L-26 8 L-4 8 L-12 46 L26 -12 L4 -12 Z', fill)}</g>`;

const battery =
  (tags: readonly string[]): Drawing =>
  ({ light, mid, dark, ink, accent, accentDark }, variation) => {
    const kind = Math.floor(variation / 2);
    const height = kind === 4 ? 132 : 160;
    const top = 306 - height;
    const box = variation % 2 === 0 ? dark : '#3c4650';
    return [
      rect([84, top + 10, 250, height], 12, ink, 'opacity="0.22"'),
      rect([112, top - 34, 34, 26], 5, 'url(#metal)'),
      rect([254, top - 34, 34, 26], 5, 'url(#metal)'),
      rect([108, top - 14, 42, 10], 3, '#c62828'),
      rect([250, top - 14, 42, 10], 3, '#1d4f91'),
      rect([76, top - 10, 248, 34], 8, mid),
      ...Array.from({ length: 6 }, (_, index) => circle(103 + index * 39, top + 7, 8, dark)),
      rect([80, top + 18, 240, height - 18], 10, box),
      rect([80, top + 52, 240, height - 78], 0, accent),
      rect([80, top + height - 38, 240, 12], 0, accentDark),
      bolt(122, top + 52 + (height - 78) / 2, 0.62, '#ffffff'),
      label(
        tags[kind] ?? '',
        [222, top + 62 + (height - 78) / 2],
        26,
        '#ffffff',
        'letter-spacing="2"',
      ),
      label('+', [129, top - 40], 26, '#c62828'),
      label('−', [271, top - 40], 26, '#1d4f91'),
      rect([90, top + 28, 8, height - 44], 4, light, 'opacity="0.25"'),
      line(
        `M150 ${top - 4} Q200 ${top - 70 - kind * 6} 250 ${top - 4}`,
        ink,
        variation % 2 === 0 ? 8 : 0,
      ),
    ].join('');
  };

const charger: Drawing = ({ light, mid, dark, ink, accent }, variation) => {
  const kind = Math.floor(variation / 2);
  const bars = 2 + (variation % 4);
  if (kind === 3) {
    const cells = Array.from({ length: 12 }, (_, index) =>
      rect(
        [102 + (index % 4) * 51, 96 + Math.floor(index / 4) * 51, 45, 45],
        4,
        '#1f3f6e',
        'stroke="#4b77b3" stroke-width="2"',
      ),
    );
    return [
      rect([98, 92, 220, 170], 12, ink, 'opacity="0.22"'),
      rect([90, 84, 220, 170], 12, mid),
      ...cells,
      line('M200 254 Q204 300 250 306', dark, 7),
      rect([244, 292, 46, 28], 8, accent),
    ].join('');
  }
  return [
    line('M120 190 Q40 230 92 306', '#c62828', 8),
    line('M280 190 Q360 230 308 306', ink, 8),
    rect([76, 292, 34, 30], 6, '#c62828'),
    rect([290, 292, 34, 30], 6, ink),
    rect([118, 92, 180, 186], 24, ink, 'opacity="0.22"'),
    rect([110, 84, 180, 186], 24, dark),
    rect([126, 100, 148, 154], 14, variation % 2 === 0 ? '#39424c' : '#2c3a36'),
    rect([142, 116, 116, 58], 8, '#dff3e4'),
    ...Array.from({ length: 5 }, (_, index) =>
      rect([150 + index * 21, 126, 15, 38], 3, index < bars ? accent : '#b8cfc0'),
    ),
    ...Array.from({ length: kind === 2 ? 4 : 3 }, (_, index) =>
      circle(158 + index * 29, 202, 9, index === 0 ? accent : mid),
    ),
    bolt(200, 234, 0.26, light),
  ].join('');
};

const jumpStarter: Drawing = ({ light, mid, dark, ink, accent, accentDark }, variation) => {
  const kind = Math.floor(variation / 2);
  const clamp = (x: number, colour: string, turn: number): string =>
    `<g transform="translate(${x} 278) rotate(${turn})">${path('M-12 -40 L12 -40 L18 10 L6 40 L0 22 L-6 40 L-18 10 Z', colour)}${circle(0, -6, 6, mid)}</g>`;
  if (kind === 0) {
    return [
      line('M110 250 Q70 110 200 110 Q330 110 290 250', '#c62828', 13),
      line('M134 250 Q104 146 200 146 Q296 146 266 250', ink, 13),
      variation % 2 === 0 ? rect([176, 96, 48, 66], 10, accent) : circle(200, 128, 30, accent),
      clamp(110, '#c62828', 10),
      clamp(148, ink, -4),
      clamp(252, ink, 4),
      clamp(290, '#c62828', -10),
    ].join('');
  }
  return [
    line('M130 150 Q60 170 84 262', '#c62828', 10),
    line('M270 150 Q340 170 316 262', ink, 10),
    clamp(86, '#c62828', 8),
    clamp(314, ink, -8),
    rect([126, 88, 164, 196], 26, ink, 'opacity="0.22"'),
    path('M152 82 Q152 54 200 54 Q248 54 248 82', 'none', `stroke="${dark}" stroke-width="12"`),
    rect([118, 80, 164, 196], 26, variation % 2 === 0 ? accent : accentDark),
    rect([136, 100, 128, 74], 12, dark),
    bolt(200, 138, 0.6, '#ffd54f'),
    kind === 2 ? circle(200, 222, 30, light) + line('M200 222 L216 206', '#c62828', 5) : '',
    kind === 3 ? label('12 / 24 V', [200, 232], 26, '#ffffff') : '',
    kind === 4 ? label('F', [200, 240], 52, '#ffffff') : '',
    kind === 1 ? rect([152, 204, 96, 16], 8, light) + rect([152, 204, 72, 16], 8, '#ffd54f') : '',
  ].join('');
};

export const batteryDrawings: Readonly<Record<string, Drawing>> = {
  'starter-batteries': battery(['START', 'CA', 'HD', 'ASIA', 'MINI']),
  'agm-batteries': battery(['AGM', 'AGM+', 'EFB', 'AUX', 'GEL']),
  'battery-chargers': charger,
  'jump-starters': jumpStarter,
};
