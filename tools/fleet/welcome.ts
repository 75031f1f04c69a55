import type { Fleet } from './fleet.js';
import type { StaffLogin } from './staff-login.js';

/** What a person sees when the fleet is up: addresses, the staff login, three things to try. */
export async function welcome(fleet: Fleet, login: StaffLogin): Promise<string> {
  const list = (urls: readonly string[]): string => urls.map((url) => `    ${url}`).join('\n');
  return [
    '',
    '  Lockstep is running.',
    '',
    '  commerce (storefront API, /docs for a page to browse it)',
    list(fleet.urls('commerce')),
    '  authoring (back-office API, /docs for a page to browse it)',
    list(fleet.urls('authoring')),
    '',
    `  staff login   ${login.email}   ${login.password}`,
    '',
  ].join('\n');
}
