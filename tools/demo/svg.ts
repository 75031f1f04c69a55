import { escapeHtml } from '#libs/kernel';

/** Colours a picture is drawn with. */
export interface Palette {
  /** Of the department. */
  readonly accent: string;
  readonly accentDark: string;
  readonly light: string;
  readonly mid: string;
  readonly dark: string;
  readonly ink: string;
}

/** Draws one family of products into a square of 400 by 400; `variation` tells them apart. */
export type Drawing = (palette: Palette, variation: number) => string;

export function circle(cx: number, cy: number, r: number, fill: string, more = ''): string {
  return `<circle cx="${round(cx)}" cy="${round(cy)}" r="${round(r)}" fill="${fill}"${more === '' ? '' : ` ${more}`}/>`;
}

export function rect(
  box: readonly [x: number, y: number, width: number, height: number],
  radius: number,
  fill: string,
  more = '',
): string {
  const [x, y, width, height] = box.map(round);
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}" fill="${fill}"${more === '' ? '' : ` ${more}`}/>`;
}

export function path(d: string, fill: string, more = ''): string {
  return `<path d="${d}" fill="${fill}"${more === '' ? '' : ` ${more}`}/>`;
}

export function line(d: string, stroke: string, width: number, more = ''): string {
  return path(
    d,
    'none',
    `stroke="${stroke}" stroke-width="${width}" stroke-linecap="round"${more === '' ? '' : ` ${more}`}`,
  );
}

/** `count` copies of what `draw` gives, evenly turned around the centre. */
export function around(
  count: number,
  draw: string,
  centre: readonly [number, number] = [200, 190],
  offset = 0,
): string {
  return Array.from({ length: count }, (_, index) => {
    const angle = round(offset + (360 / count) * index);
    return `<g transform="rotate(${angle} ${centre[0]} ${centre[1]})">${draw}</g>`;
  }).join('');
}

export function label(
  text: string,
  at: readonly [x: number, y: number],
  size: number,
  fill: string,
  more = '',
): string {
  return `<text x="${at[0]}" y="${at[1]}" font-family="Helvetica, Arial, sans-serif" font-size="${size}" font-weight="700" text-anchor="middle" fill="${fill}"${more === '' ? '' : ` ${more}`}>${escapeHtml(text)}</text>`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
