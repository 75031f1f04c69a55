/** Where the number of a parcel stands in an address. */
const NUMBER = '{number}';

/** The address at which one parcel is followed. */
export function trackingUrlOf(template: string, trackingNumber: string): string {
  return template.split(NUMBER).join(encodeURIComponent(trackingNumber));
}

/** An http(s) address with the number once, and not in the name of the host. */
export function isTrackingUrl(template: string): boolean {
  // Browsers drop line breaks and spaces; mails and logs do not.
  if (/[^!-~]/.test(template) || template.split(NUMBER).length !== 2) return false;
  const [before, after] = ['0', '1'].map((number) => URL.parse(trackingUrlOf(template, number)));
  if (before === null || before === undefined || after === null || after === undefined)
    return false;
  return /^https?:$/.test(before.protocol) && before.origin === after.origin;
}
