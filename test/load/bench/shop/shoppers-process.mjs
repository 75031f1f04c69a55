// The shoppers of `bench:shop`: each asks the next as soon as it is answered.
import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { performance } from 'node:perf_hooks';

const STORE = '/api/v1/stores/main';
const ADDRESS = {
  name: 'Ada Example',
  street: 'High Street 1',
  postalCode: '10115',
  city: 'Berlin',
  country: 'DE',
};
const MIX = { read: 0.9, cart: 0.08 };

const agent = new Agent({ keepAlive: true, maxSockets: 64 });
/** Filled, and not checked out. */
const carts = [];
let asked = 0;

process.on('disconnect', () => process.exit(0));
process.on('message', (order) => {
  orders[order.name](order).then(
    (result) => process.send(result),
    (error) => process.send({ error: error.stack }),
  );
});

const orders = {
  async fill({ urls, shoppers, skus, count }) {
    let left = count;
    const times = [];
    const began = performance.now();
    await together(shoppers, async () => {
      while ((left -= 1) >= 0) carts.push(await filledCart(urls, skus, times));
    });
    return { done: times.length, tookMs: performance.now() - began, times };
  },
  async forget() {
    carts.length = 0;
    return {};
  },
  async checkout({ urls, shoppers }) {
    const times = [];
    const began = performance.now();
    await together(shoppers, async () => {
      for (let cart = carts.pop(); cart !== undefined; cart = carts.pop()) {
        times.push(await checkOut(urls, cart));
      }
    });
    return { done: times.length, tookMs: performance.now() - began, times };
  },
  async mix({ urls, shoppers, skus, seconds }) {
    const { body } = await call(urls, 'GET', `${STORE}/products?limit=100`);
    const pages = body.items.map(({ slug }) => `${STORE}/products/${slug}`);
    for (const url of urls) for (const page of pages) await call([url], 'GET', page);
    const times = { read: [], cart: [], checkout: [] };
    const began = performance.now();
    const until = began + seconds * 1_000;
    await together(shoppers, async () => {
      // One cart of each shopper is what is written to.
      const own = await filledCart(urls, skus, []);
      while (performance.now() < until) {
        const chance = Math.random();
        if (chance < MIX.read) {
          const sent = performance.now();
          await call(urls, 'GET', pages[Math.floor(Math.random() * pages.length)]);
          times.read.push(performance.now() - sent);
        } else if (chance < MIX.read + MIX.cart || carts.length === 0) {
          const item = own.items[Math.floor(Math.random() * own.items.length)];
          const sent = performance.now();
          await call(urls, 'PATCH', `/api/v1/carts/${own.id}/items/${item.id}`, own.headers, {
            quantity: 1 + Math.floor(Math.random() * 9),
          });
          times.cart.push(performance.now() - sent);
        } else times.checkout.push(await checkOut(urls, carts.pop()));
      }
    });
    const done = times.read.length + times.cart.length + times.checkout.length;
    return { done, tookMs: performance.now() - began, times };
  },
};

function together(count, task) {
  return Promise.all(Array.from({ length: count }, task));
}

/** Three writes: begin, put three items in, say who and where. */
async function filledCart(urls, skus, times) {
  const timed = async (...parameters) => {
    const sent = performance.now();
    const answer = await call(urls, ...parameters);
    times.push(performance.now() - sent);
    return answer;
  };
  const { body: cart } = await timed('POST', `${STORE}/carts`, {}, {});
  const headers = { 'lockstep-cart-token': cart.token };
  const path = `/api/v1/carts/${cart.id}`;
  const set = skus[(asked += 1) % skus.length];
  const items = set.map((sku) => ({ sku, quantity: 1 }));
  await timed('POST', `${path}/items`, headers, { items });
  const { body } = await timed('PATCH', path, headers, {
    email: `ada-${asked}@example.com`,
    shippingAddress: ADDRESS,
    shippingMethod: 'post',
    paymentMethod: 'invoice',
  });
  return { id: cart.id, headers, total: body.total, items: body.items };
}

async function checkOut(urls, { id, headers, total }) {
  const sent = performance.now();
  await call(
    urls,
    'POST',
    `/api/v1/carts/${id}/checkout`,
    { ...headers, 'idempotency-key': randomUUID() },
    { expectedTotal: total },
  );
  return performance.now() - sent;
}

let turn = 0;

function call(urls, method, path, headers = {}, body) {
  const text = body === undefined ? undefined : JSON.stringify(body);
  const described =
    text === undefined
      ? {}
      : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) };
  return new Promise((resolve, reject) => {
    const sent = request(
      urls[(turn += 1) % urls.length] + path,
      { method, agent, headers: { ...headers, ...described }, timeout: 60_000 },
      (response) => {
        let answer = '';
        response.setEncoding('utf8');
        response.on('data', (part) => (answer += part));
        response.once('error', reject);
        response.once('end', () => {
          if (response.statusCode < 300) resolve({ body: JSON.parse(answer) });
          else reject(new Error(`${method} ${path}: ${response.statusCode} ${answer}`));
        });
      },
    );
    sent.once('timeout', () => sent.destroy(new Error('no answer within a minute')));
    sent.once('error', reject);
    sent.end(text);
  });
}
