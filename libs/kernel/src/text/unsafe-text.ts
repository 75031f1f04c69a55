// oxlint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/;
const LONE_SURROGATE = /\p{Surrogate}/u;
const BIDI_CONTROL = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

/**
 * What makes a text unfit to be a name, a SKU or a code, in words for a message; undefined when
 * nothing does. NUL and lone surrogates cannot be stored by every database, and controls of the
 * writing direction make two different names look alike.
 */
export function unsafeText(text: string): string | undefined {
  if (LONE_SURROGATE.test(text)) return 'half of a surrogate pair';
  if (CONTROL.test(text)) return 'a control character';
  return BIDI_CONTROL.test(text) ? 'a control of the writing direction' : undefined;
}
