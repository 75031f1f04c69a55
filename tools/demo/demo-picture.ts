import { escapeHtml } from '#libs/kernel';
import type { DemoProduct } from './demo-shop.js';
import { batteryDrawings } from './draw-batteries.js';
import { brakeDrawings } from './draw-brakes.js';
import { lightingDrawings } from './draw-lighting.js';
import { oilDrawings } from './draw-oils.js';
import { wheelDrawings } from './draw-wheels.js';
import { circle, label, rect, type Drawing, type Palette } from './svg.js';

const drawings: Readonly<Record<string, Drawing>> = {
  ...brakeDrawings,
  ...lightingDrawings,
  ...wheelDrawings,
  ...batteryDrawings,
  ...oilDrawings,
};

const greys = { light: '#f4f6f8', mid: '#9aa4ae', dark: '#3a424b', ink: '#171b20' };

interface Scene {
  readonly palette: Palette;
  /** Centre and edge of the background. */
  readonly background: readonly [string, string];
}

const scenes: Readonly<Record<string, Scene>> = {
  brakes: {
    palette: { ...greys, accent: '#c9252d', accentDark: '#8f1620' },
    background: ['#fdf3f2', '#eed3d1'],
  },
  lighting: {
    palette: { ...greys, accent: '#f0a202', accentDark: '#b67600' },
    background: ['#55606e', '#232a33'],
  },
  'wheels-and-tyres': {
    palette: { ...greys, accent: '#2f72b8', accentDark: '#1c4f86' },
    background: ['#f3f7fb', '#cfdeec'],
  },
  batteries: {
    palette: { ...greys, accent: '#2e8b57', accentDark: '#1d6039' },
    background: ['#f3faf5', '#cfe6d7'],
  },
  oil: {
    palette: { ...greys, accent: '#d98e04', accentDark: '#8a5a00' },
    background: ['#fdf8ec', '#efdfba'],
  },
};

/**
 * The picture of a demo product as an SVG document: drawn from its family, brand and variation,
 * without scripts, fonts or references to anything outside.
 */
export function demoPicture({ picture }: Pick<DemoProduct, 'picture'>): string {
  const { title, department, family, brand, series, variation } = picture;
  const scene = scenes[department];
  const drawing = drawings[family];
  if (scene === undefined || drawing === undefined)
    throw new RangeError(`no drawing for ${family}`);
  const { palette, background } = scene;
  const [inner, outer] = background;
  const isDark = department === 'lighting';
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400" width="800" height="800" role="img">`,
    `<title>${escapeHtml(title)}</title>`,
    '<defs>',
    `<radialGradient id="room" cx="50%" cy="42%" r="75%"><stop offset="0" stop-color="${inner}"/><stop offset="1" stop-color="${outer}"/></radialGradient>`,
    '<linearGradient id="metal" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="#eef1f4"/><stop offset="0.45" stop-color="#b9c2cb"/><stop offset="0.55" stop-color="#d7dde3"/><stop offset="1" stop-color="#8b959f"/></linearGradient>',
    '</defs>',
    rect([0, 0, 400, 400], 0, 'url(#room)'),
    circle(330, 70, 120, palette.accent, 'opacity="0.07"'),
    `<ellipse cx="200" cy="338" rx="132" ry="12" fill="${palette.ink}" opacity="0.16"/>`,
    drawing(palette, variation),
    rect([0, 362, 400, 38], 0, isDark ? palette.ink : palette.dark),
    rect([0, 362, 6, 38], 0, palette.accent),
    label(
      brand.toUpperCase(),
      [20, 387],
      17,
      '#ffffff',
      'style="text-anchor:start" letter-spacing="2"',
    ),
    label(series, [380, 387], 16, '#ffffff', 'style="text-anchor:end" opacity="0.85"'),
    '</svg>',
  ].join('');
}
