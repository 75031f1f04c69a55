import type { DemoTour } from './demo-tour.js';
import type { StaffLogin } from './staff-login.js';

export interface WelcomeFacts {
  readonly commerce: readonly string[];
  readonly authoring: readonly string[];
  readonly login: StaffLogin;
  /** False when somebody changed the password since. */
  readonly isLoginValid: boolean;
  readonly tour: DemoTour | undefined;
  /** A product file that the import takes. */
  readonly csvFile: string;
}

/** What a person sees when the fleet is up: addresses, the staff login, three things to try as commands to paste. */
export function welcome(facts: WelcomeFacts): string {
  const { login, isLoginValid } = facts;
  const note = isLoginValid ? '' : '   (changed since: sign in with what it was changed to)';
  return [
    '',
    '  Lockstep is running. Every address has /docs, a page to browse its API.',
    '',
    '  commerce, the storefront API',
    ...facts.commerce.map((url) => `    ${url}`),
    '  authoring, the back-office API',
    ...facts.authoring.map((url) => `    ${url}`),
    '',
    `  staff login   ${login.email}   ${login.password}${note}`,
    '',
    ...thingsToTry(facts),
    '  Ctrl-C stops everything; the data stays. Logs: .lockstep/logs. More replicas: npm run scale -- 4',
    '',
  ].join('\n');
}

/** Quiet, and each answer ends its line. */
const SEND = "curl -s -w '\\n'";

function thingsToTry({ commerce, authoring, login, tour, csvFile }: WelcomeFacts): string[] {
  if (tour === undefined) return [];
  const { storeCode, productId, slug, variantId, currency } = tour;
  const api = `${authoring[0] ?? ''}/api/v1`;
  const look = commerce.map((url) => `${SEND} ${url}/api/v1/stores/${storeCode}/products/${slug}`);
  const lookAtPrice = look.map((command) => `${command} | grep -o '"price":{[^}]*}' | head -n 1`);
  const asStaff = '-H "Authorization: Bearer $TOKEN"';
  const json = "-H 'Content-Type: application/json'";
  const price = `${api}/products/${productId}/variants/${variantId}/prices/${currency}?store=${storeCode}`;
  const steps: readonly (readonly [title: string, commands: readonly string[]])[] = [
    ['1. Ask every commerce replica for a product', look],
    [
      '2. Sign in, change its price, and ask again',
      [
        `TOKEN=$(curl -s ${api}/sessions ${json} -d '${JSON.stringify(login)}' | grep -o '"token":"[^"]*' | cut -d'"' -f4)`,
        `ETAG=$(curl -si "${price}" ${asStaff} | grep -i '^etag:' | cut -d' ' -f2 | tr -d '\\r')`,
        `${SEND} -X PUT "${price}" ${asStaff} -H "If-Match: $ETAG" ${json} -d '{"amount":${newAmount(tour)}}'`,
        ...lookAtPrice,
      ],
    ],
    [
      '3. Import a product file in the background, and look at its job',
      [
        `JOB=$(curl -s "${api}/imports?store=${storeCode}" ${asStaff} -F file=@${csvFile} | grep -o '"jobId":"[^"]*' | cut -d'"' -f4)`,
        `${SEND} ${api}/jobs/$JOB ${asStaff}`,
      ],
    ],
  ];
  return steps.flatMap(([title, commands]) => [
    `  ${title}`,
    ...commands.map((command) => `      ${command}`),
    '',
  ]);
}

/** Another price every time, so that the change is seen. */
function newAmount({ amount }: DemoTour): number {
  return amount > 100 ? amount - 100 : amount + 100;
}
