import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from '#libs/database';
import { delay } from '#libs/kernel';
import { eventually } from '#libs/testing';
import { isHaproxyInstalled } from '../support/haproxy-process.js';
import { ReplicaClient } from '../support/replica-client.js';
import { stockOf } from '../support/shop-client.js';
import { SteeredReaders, type SteeredRead } from './sites/steered-readers.js';
import { SteeredShoppers } from './sites/steered-shoppers.js';
import { TwoWholeSites } from './sites/two-whole-sites.js';
import { WriteLock } from './sites/write-lock.js';
import { whyAbsent } from './traffic/dns-daemons.js';
import type { LiveSite } from './sites/live-site.js';

const READERS = 4;
const SHOPPERS = 2;
const CHANGE_EVERY_MS = 50;
/** How long each state is looked at once DNS and those who had resolved before are through with it. */
const STEADY_MS = 10_000;
/** The default of CACHE_LEASE_MS: what a replica may be behind what it reads, at most. */
const LEASE_MS = 2_000;
const LIMIT_MS = 20 * 60_000;
const PATIENT = { withinMs: 240_000, everyMs: 200 };

const reason = whyAbsent('gdnsd') ?? (isHaproxyInstalled() ? undefined : 'no haproxy on the PATH');
const describeIfThere = reason === undefined ? describe : describe.skip;
const note = reason === undefined ? '' : ` (skipped: ${reason})`;
// Jest names no test of a file that is skipped as a whole.
if (reason !== undefined) process.stdout.write(`\ntwo sites are skipped: ${reason}\n`);

/** What happened to the first site, and what it meant to shoppers. */
interface Stage {
  readonly event: string;
  readonly beganMs: number;
  /** DNS names the site that shoppers are at from then on. */
  readonly namedMs: number;
  /** What was resolved before that may not be used any more. */
  readonly settledMs: number;
  readonly endedMs: number;
}

describeIfThere(`two whole sites behind DNS${note}`, () => {
  let folder: string;
  let sites: TwoWholeSites;
  let readers: SteeredReaders;
  let shoppers: SteeredShoppers;
  const table: Record<string, string | number>[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'lockstep-sites-'));
    sites = await TwoWholeSites.start(folder);
    readers = new SteeredReaders(sites.resolvers(READERS), sites.port, sites.book);
    shoppers = new SteeredShoppers(sites.resolvers(SHOPPERS), sites.purchase);
  }, 300_000);

  afterAll(async () => {
    console.table(table);
    await Promise.allSettled([readers?.stop(), shoppers?.stop()]);
    await sites?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Waits until DNS names the site, until nobody may know better, and a while longer. */
  async function stage(event: string, beganMs: number, { address }: LiveSite): Promise<Stage> {
    const namedMs = await sites.named(address);
    const settledMs = namedMs + sites.settlesWithinMs;
    await delay(settledMs - performance.now() + STEADY_MS);
    return { event, beganMs, namedMs, settledMs, endedMs: performance.now() };
  }

  /** What a shopper who wants a cart is told at the second site. */
  async function writeAtSecond(): Promise<string> {
    const shop = new ReplicaClient(sites.second.url);
    const path = `/stores/${sites.store}/carts`;
    const { status, body, headers, tookMs } = await shop.call('POST', path, { body: {} });
    const code = status < 300 ? '' : ` ${body.code}`;
    const later = headers.get('retry-after') ?? '';
    return `${status}${code} in ${seconds(tookMs)} s${later === '' ? '' : `, Retry-After ${later}`}`;
  }

  const failed = (reads: readonly SteeredRead[]) => reads.filter(({ failure }) => failure);
  const oldestMs = (reads: readonly SteeredRead[]) =>
    reads.reduce((oldest, { ageMs }) => Math.max(oldest, ageMs), 0);

  /** Of the time in which the site is named: no read of it failed, and none once everybody had to be there. */
  function judge({ beganMs, settledMs, endedMs, ...rest }: Stage, at: LiveSite, write = ''): void {
    const all = readers.endedBetween(beganMs, endedMs);
    const settled = readers.begunBetween(settledMs, endedMs);
    const failures = failed(all);
    const last = failures.at(-1);
    table.push({
      event: rest.event,
      'DNS names the other after, s': seconds(rest.namedMs - beganMs),
      reads: all.length,
      failed: failures.length,
      'last of them began after, s': last === undefined ? '' : seconds(last.beganMs - beganMs),
      'failed later': failed(settled).length,
      'oldest answer, s': seconds(oldestMs(all)),
      'a write at the second': write,
    });
    expect(failures.filter(({ address }) => address === at.address)).toEqual([]);
    expect(failed(settled)).toEqual([]);
    expect(settled.length).toBeGreaterThan(0);
    expect(new Set(settled.map(({ address }) => address))).toEqual(new Set([at.address]));
  }

  const boundMs = ({ address }: SteeredRead) =>
    address === sites.first.address ? LEASE_MS : LEASE_MS + sites.parts.line.slowestMs;
  const tooOld = (fromMs: number, untilMs: number) =>
    readers.begunBetween(fromMs, untilMs).filter((read) => read.ageMs >= boundMs(read));

  it(
    'send readers on when the first dies or hangs and back when it returns, and owe nothing twice',
    async () => {
      const { first, second, book, staff } = sites;
      const { line, trap } = sites.parts;
      // Accepted before its stock is taken: what a site promises that is on its own.
      await staff.expect(200, 'PUT', '/scaling/settings/stockAtCheckout', {
        body: { isOn: false },
      });
      let isOver = false;
      let isOfficeOpen = true;
      let written = 0;
      /** Of a price whose change was not answered it is not known what it is. */
      const unknown = new Set<number>();
      const changing = (async () => {
        for (let turn = 0; !isOver; turn += 1, await delay(CHANGE_EVERY_MS)) {
          const index = turn % book.products.length;
          if (!isOfficeOpen || unknown.has(index)) continue;
          try {
            await book.raise(index);
            written += 1;
          } catch {
            unknown.add(index); // The first site died or hung in the middle of it.
          }
        }
      })();
      changing.catch(() => undefined);

      const startedMs = performance.now();
      judge(await stage('both are up', startedMs, first), first, await writeAtSecond());

      const killedMs = performance.now();
      isOfficeOpen = false;
      await first.die();
      const killed = await stage('the first is killed, its database is not', killedMs, second);
      judge(killed, second, await writeAtSecond());
      // Accepted there, and nobody is there who confirms it.
      const accepted = shoppers.orders.filter(({ address }) => address === second.address);
      expect(accepted.length).toBeGreaterThan(0);
      expect(new Set(accepted.map(({ awaits }) => awaits))).toEqual(new Set(['confirmation']));
      for (const { email } of accepted) expect(trap.to(email)).toEqual([]);
      await first.comeBack();
      isOfficeOpen = true;
      const backMs = performance.now();
      judge(await stage('it is back', backMs, first), first, await writeAtSecond());
      expect(tooOld(startedMs, performance.now())).toEqual([]);

      line.cut();
      const lock = await WriteLock.take(sites.databaseFile);
      const hungMs = performance.now();
      isOfficeOpen = false;
      first.freeze();
      try {
        const hung = await stage('the first hangs, its database too', hungMs, second);
        judge(hung, second, await writeAtSecond());
      } finally {
        await lock.release();
        line.mend();
        first.thaw();
      }
      isOfficeOpen = true;
      const thawedMs = performance.now();
      judge(await stage('it goes on', thawedMs, first), first, await writeAtSecond());
      expect(tooOld(startedMs, hungMs)).toEqual([]);
      // What the second site lacked came with the mended line; it may show it a lease later.
      expect(tooOld(thawedMs + LEASE_MS, performance.now())).toEqual([]);
      isOver = true;
      await Promise.all([changing, shoppers.stop(), readers.stop()]);

      await expectOrdersOnce();
      const { reads } = readers;
      process.stdout.write(
        `\n${reads.length} reads, ${written} prices written, ${shoppers.orders.length} orders ` +
          `(${shoppers.orders.filter(({ address }) => address === second.address).length} at the second site), ` +
          `${shoppers.refused} tries of shoppers in vain; the copy was behind by at most ${seconds(line.slowestMs)} s\n`,
      );
    },
    LIMIT_MS,
  );

  /** Each order that was accepted, wherever, is there, confirmed, told of and paid for in stock, once. */
  async function expectOrdersOnce(): Promise<void> {
    const { staff, onHand, purchase } = sites;
    const { database, trap, ware } = sites.parts;
    const emails = shoppers.orders.map(({ email }) => email).toSorted();
    const isOurs = sql`email LIKE ${`${purchase.prefix}%`}`;
    const placed = await eventually(
      'every order is confirmed',
      async () => {
        const rows = await database.rows<{ email: string; awaits: string | null }>(sql`
          SELECT email, awaits
          FROM sales_order
          WHERE ${isOurs}`);
        return rows.every(({ awaits }) => awaits === null) ? rows : undefined;
      },
      PATIENT,
    );
    expect(placed.map(({ email }) => email).toSorted()).toEqual(emails);
    await eventually('every job is done', () => sites.isWithoutJobs(), PATIENT);
    const mails = await database.rows<{ recipient: string; state: string }>(sql`
      SELECT recipient, state
      FROM mail
      WHERE recipient LIKE ${`${purchase.prefix}%`}`);
    expect(mails.map(({ recipient }) => recipient).toSorted()).toEqual(emails);
    for (const { state } of mails) expect(state).toBe('sent');
    // A worker that dies once the server has taken a mail leaves another one to send it again, as the same mail.
    for (const email of emails) {
      expect(new Set(trap.to(email).map(({ messageId }) => messageId)).size).toBe(1);
    }
    expect(await stockOf(staff, ware)).toBe(onHand - emails.length);
    const dead = await staff.get<{ items: unknown[] }>('/jobs?state=dead');
    expect(dead.body.items).toEqual([]);
  }
});

function seconds(ms: number): number {
  return Math.round(ms / 100) / 10;
}
