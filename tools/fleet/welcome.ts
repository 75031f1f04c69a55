import type { DemoTour } from './demo-tour.js';
import type { StaffLogin } from './staff-login.js';

/** What the third thing to try imports, relative to the project: goods that the demo shop might sell. */
export const PRODUCT_FILE = 'docs/examples/products.csv';

export interface WelcomeFacts {
  readonly commerce: readonly string[];
  readonly authoring: readonly string[];
  readonly login: StaffLogin;
  /** False when somebody changed the password since. */
  readonly isLoginValid: boolean;
  readonly tour: DemoTour | undefined;
}

/** What a person sees when the fleet is up: addresses, the staff login, what to try as commands to paste. */
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

function thingsToTry({ commerce, authoring, login, tour }: WelcomeFacts): string[] {
  if (tour === undefined) return [];
  const { storeCode, productId, slug, variantId, sku, currency } = tour;
  const api = `${authoring[0] ?? ''}/api/v1`;
  const look = commerce.map((url) => `${SEND} ${url}/api/v1/stores/${storeCode}/products/${slug}`);
  const lookAtPrice = look.map((command) => `${command} | grep -o '"price":{[^}]*}' | head -n 1`);
  const asStaff = '-H "Authorization: Bearer $TOKEN"';
  const json = "-H 'Content-Type: application/json'";
  const shop = `${commerce[0] ?? ''}/api/v1`;
  const otherShop = `${commerce.at(-1) ?? ''}/api/v1`;
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
        `JOB=$(curl -s "${api}/imports?store=${storeCode}" ${asStaff} -F file=@${PRODUCT_FILE} | grep -o '"jobId":"[^"]*' | cut -d'"' -f4)`,
        `${SEND} ${api}/jobs/$JOB ${asStaff}`,
      ],
    ],
    [
      '4. Buy it: a cart, the checkout on another replica, and the order as staff see it',
      [
        `CART=$(curl -s ${shop}/stores/${storeCode}/carts ${json} -d '{}')`,
        `ID=$(echo "$CART" | grep -o '"id":"[^"]*' | head -n 1 | cut -d'"' -f4)`,
        `KEY="Lockstep-Cart-Token: $(echo "$CART" | grep -o '"token":"[^"]*' | cut -d'"' -f4)"`,
        `curl -s -o /dev/null ${shop}/carts/$ID/items -H "$KEY" ${json} -d '{"items":[{"sku":"${sku}","quantity":1}]}'`,
        `TOTAL=$(curl -s -X PATCH ${shop}/carts/$ID -H "$KEY" ${json} -d '${JSON.stringify(BUYER)}' | grep -o '"total":{[^}]*}' | tail -n 1 | cut -d: -f2-)`,
        `${SEND} ${otherShop}/carts/$ID/checkout -H "$KEY" -H "Idempotency-Key: $ID" ${json} -d "{\\"expectedTotal\\":$TOTAL}"`,
        `${SEND} "${api}/orders?store=${storeCode}&limit=1" ${asStaff}`,
      ],
    ],
  ];
  return steps.flatMap(([title, commands]) => [
    `  ${title}`,
    ...commands.map((command) => `      ${command}`),
    '',
  ]);
}

/** Who buys in what there is to try. */
const BUYER = {
  email: 'ada@example.com',
  shippingAddress: {
    name: 'Ada Example',
    street: 'High Street 1',
    postalCode: '10115',
    city: 'Berlin',
    country: 'DE',
  },
  shippingMethod: 'post',
  paymentMethod: 'invoice',
};

/** Another price every time, so that the change is seen. */
function newAmount({ amount }: DemoTour): number {
  return amount > 100 ? amount - 100 : amount + 100;
}
