// Control characters other than TAB, LF and CR.
// oxlint-disable-next-line no-control-regex
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;

/** Removes what has no place in text. */
export function stripControls(text: string): string {
  return text.replace(CONTROLS, '');
}
