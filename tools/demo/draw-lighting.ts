import { around, circle, line, path, rect, type Drawing } from './svg.js';

const glow = (x: number, y: number, r: number, colour: string): string =>
  circle(x, y, r, colour, 'opacity="0.18"') + circle(x, y, r * 0.66, colour, 'opacity="0.28"');

const headlightBulb: Drawing = ({ light, mid, dark, ink, accent }, variation) => {
  const kind = Math.floor(variation / 2);
  const isLed = kind === 4;
  const tint = ['#fff2c2', '#ffe9a8', '#fffbe8', '#dfefff', '#eaf4ff'][kind] ?? '#fff2c2';
  return [
    glow(200, 132, 116, tint),
    isLed
      ? rect([180, 70, 40, 140], 6, dark) +
        rect([190, 92, 20, 24], 3, accent) +
        rect([190, 128, 20, 24], 3, accent)
      : path(
          'M168 214 L168 122 Q168 66 200 60 Q232 66 232 122 L232 214 Z',
          tint,
          `stroke="${mid}" stroke-width="3"`,
        ),
    isLed ? '' : line('M186 206 L190 128 L210 128 L214 206', mid, 3),
    isLed
      ? ''
      : line(
          variation % 2 === 0 ? 'M190 128 Q200 116 210 128' : 'M190 128 L196 118 L204 132 L210 120',
          accent,
          4,
        ),
    isLed
      ? ''
      : path(
          'M176 120 Q178 82 192 72',
          'none',
          'stroke="#ffffff" stroke-width="5" opacity="0.8" stroke-linecap="round"',
        ),
    circle(200, 224, 50, dark),
    circle(200, 218, 50, 'url(#metal)'),
    rect([160, 224, 80, 52], 8, mid),
    isLed
      ? Array.from({ length: 5 }, (_, index) => rect([164 + index * 16, 236, 8, 68], 3, dark)).join(
          '',
        )
      : '',
    rect([176, 276, 10, 36], 3, ink),
    rect([214, 276, 10, 36], 3, ink),
    rect([168, 236, 64, 6], 3, light, 'opacity="0.6"'),
  ].join('');
};

const workLight: Drawing = ({ light, mid, dark, ink, accent }, variation) => {
  const kind = Math.floor(variation / 2);
  const columns = [3, 2, 8, 4, 3][kind] ?? 3;
  const rows = [3, 2, 1, 1, 2][kind] ?? 2;
  const [width, height] = [columns * 34 + 28, rows * 46 + 28];
  const [left, top] = [200 - width / 2, 178 - height / 2];
  const leds = Array.from({ length: columns * rows }, (_, index) => {
    const x = left + 31 + (index % columns) * 34;
    const y = top + 37 + Math.floor(index / columns) * 46;
    return (
      glow(x, y, 22, '#fff6d5') +
      circle(x, y, 14, mid) +
      circle(x, y, 9, '#fffbe6') +
      circle(x, y, 3.5, accent)
    );
  });
  return [
    line(
      `M${200 - width / 3} ${top + height} L${200 - width / 3} 296 L${200 + width / 3} 296 L${200 + width / 3} ${top + height}`,
      dark,
      10,
    ),
    rect([left + 7, top + 8, width, height], 14, ink, 'opacity="0.25"'),
    Array.from({ length: columns + 1 }, (_, index) =>
      rect([left + 6 + index * 34, top - 12, 12, 20], 3, mid),
    ).join(''),
    rect([left, top, width, height], 14, dark),
    rect(
      [left + 7, top + 7, width - 14, height - 14],
      9,
      variation % 2 === 0 ? '#2e3640' : '#41434a',
    ),
    ...leds,
    circle(200, 296, 12, light),
    circle(200, 296, 6, dark),
  ].join('');
};

const rearLightSizes: readonly (readonly [width: number, height: number])[] = [
  [250, 110],
  [290, 54],
  [130, 70],
  [150, 130],
  [170, 70],
];

const rearLight: Drawing = ({ light, dark, ink, accent }, variation) => {
  const kind = Math.floor(variation / 2);
  const red = '#d2232a';
  const lens = [red, red, '#eef2f6', '#a3151c', '#f59e0b'][kind] ?? red;
  const [width, height] = rearLightSizes[kind] ?? [250, 110];
  const [left, top] = [200 - width / 2, 188 - height / 2];
  const cells = Math.max(2, Math.round(width / 42));
  const step = (width - 32) / cells;
  return [
    glow(200, 188, 130, lens),
    rect([left + 6, top + 8, width, height], 18, ink, 'opacity="0.25"'),
    rect([left, top, width, height], 18, dark),
    rect([left + 9, top + 9, width - 18, height - 18], 11, lens),
    kind === 0 ? rect([left + width * 0.62, top + 9, width * 0.2, height - 18], 0, '#f59e0b') : '',
    kind === 0
      ? rect([left + width * 0.82, top + 9, width * 0.18 - 9, height - 18], 6, '#f3f4f6')
      : '',
    ...Array.from({ length: cells }, (_, index) =>
      variation % 2 === 0
        ? circle(
            left + 16 + step * (index + 0.5),
            188,
            Math.min(13, height / 5),
            '#ffffff',
            'opacity="0.55"',
          )
        : rect(
            [left + 18 + step * index, top + 18, step - 6, height - 36],
            4,
            '#ffffff',
            'opacity="0.3"',
          ),
    ),
    rect([left + 16, top + 13, width - 32, 5], 3, '#ffffff', 'opacity="0.5"'),
    line(`M${left + 30} ${top + height} Q${left + 20} 290 ${left - 8} 306`, accent, 5),
    circle(left - 8, 306, 7, light),
  ].join('');
};

const interiorLight: Drawing = ({ light, mid, dark, ink, accent }, variation) => {
  const kind = Math.floor(variation / 2);
  const warm = ['#fff7dc', '#ffdf9e', '#f4faff', '#ffd28a', '#fff3cf'][kind] ?? '#fff7dc';
  if (kind === 3) {
    const dots = Array.from({ length: 9 }, (_, index) => {
      const x = 76 + index * 31;
      const y = 190 + Math.sin(index / 1.4) * 46;
      return (
        glow(x, y, 26, warm) +
        rect([x - 9, y - 7, 18, 14], 3, '#fffdf2', `stroke="${accent}" stroke-width="2"`)
      );
    });
    return line('M60 190 Q110 270 200 190 T340 190', dark, 16) + dots.join('');
  }
  const isBulb = kind === 0;
  return [
    glow(200, 186, 140, warm),
    rect([104, 148, 206, 92], isBulb ? 46 : 22, ink, 'opacity="0.2"'),
    rect([97, 140, 206, 92], isBulb ? 46 : 22, isBulb ? 'url(#metal)' : dark),
    rect([isBulb ? 132 : 110, 152, isBulb ? 136 : 180, 68], isBulb ? 8 : 14, warm),
    around(
      1,
      Array.from({ length: 4 }, (_, index) =>
        rect([146 + index * 30, 170, 18, 32], 3, accent, 'opacity="0.5"'),
      ).join(''),
    ),
    isBulb
      ? circle(97, 186, 14, mid) + circle(303, 186, 14, mid)
      : circle(280, 252, 12, light) + circle(280, 252, 7, mid),
    variation % 2 === 0 ? '' : line('M120 262 L200 262', mid, 6),
  ].join('');
};

export const lightingDrawings: Readonly<Record<string, Drawing>> = {
  'headlight-bulbs': headlightBulb,
  'led-work-lights': workLight,
  'rear-lights': rearLight,
  'interior-lighting': interiorLight,
};
