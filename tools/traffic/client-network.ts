import { isIP } from 'node:net';

/** A range of client addresses. */
export interface ClientNetwork {
  /** As DNS servers read it: `203.0.113.0/24`, `2001:db8::/32`. */
  readonly text: string;
  readonly family: 4 | 6;
  readonly prefixLength: number;
}

/** Reads a network in CIDR form; undefined when it is none, or when it has bits behind its prefix. */
export function parseNetwork(text: string): ClientNetwork | undefined {
  const [address = '', length = '', ...more] = text.split('/');
  const family = isIP(address);
  if (family === 0 || more.length > 0 || !/^\d{1,3}$/.test(length)) return undefined;
  const prefixLength = Number(length);
  const bits = family === 4 ? bitsOf4(address) : bitsOf6(address);
  if (bits === undefined || prefixLength > bits.length) return undefined;
  if (bits.slice(prefixLength).includes('1')) return undefined;
  return { text: `${address}/${prefixLength}`, family: family === 4 ? 4 : 6, prefixLength };
}

function bitsOf4(address: string): string {
  return address.split('.').map(binary(8)).join('');
}

/** Undefined for scoped ones and for those that end in an IPv4 address, which nobody needs here. */
function bitsOf6(address: string): string | undefined {
  if (/[.%]/.test(address)) return undefined;
  const [head = '', tail] = address.split('::');
  const first = groupsOf(head);
  const last = groupsOf(tail ?? '');
  const zeros = Array.from({ length: 8 - first.length - last.length }, () => '0');
  return [...first, ...zeros, ...last].map((group) => binary(16)(`0x${group}`)).join('');
}

const groupsOf = (text: string) => (text === '' ? [] : text.split(':'));

const binary = (width: number) => (part: string) => Number(part).toString(2).padStart(width, '0');
