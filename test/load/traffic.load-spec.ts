import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { stringify } from 'yaml';
import { delay } from '#libs/kernel';
import { anyFreePort } from '../../tools/fleet/free-port.js';
import { DnsDaemon, whyAbsent, type DaemonName } from './traffic/dns-daemons.js';
import { Site } from './traffic/site.js';

const INTERVAL_S = 2;
const TIMEOUT_S = 1;
const FAILURES = 3;
const TTL_S = 300;
/** Longer than it takes by the plan, on however busy a machine. */
const LIMIT_MS = 60_000;
const ASK_EVERY_MS = 100;

/** Who asks: the table of the plan says what is near to whom. */
const EUROPE = '127.0.1.1';
const AMERICA = '127.0.2.1';
const ELSEWHERE = '127.0.9.1';
const POLICIES = ['failover', 'turn', 'trial', 'near'] as const;
type Name = (typeof POLICIES)[number];

/** The sites that one daemon may answer with, for each question. */
type Expected = Readonly<Record<Name, Readonly<Record<string, readonly string[]>>>>;

const everywhere = (sites: readonly string[]) => ({
  [EUROPE]: sites,
  [AMERICA]: sites,
  [ELSEWHERE]: sites,
});

const DAEMONS: readonly DaemonName[] = ['gdnsd', 'powerdns'];

for (const name of DAEMONS) {
  const reason = whyAbsent(name);
  const describeIfThere = reason === undefined ? describe : describe.skip;
  const note = reason === undefined ? '' : ` (skipped: ${reason})`;
  // Jest names no test of a file that is skipped as a whole.
  if (reason !== undefined) process.stdout.write(`\n${name} is skipped: ${reason}\n`);

  describeIfThere(`traffic between sites by ${name}${note}`, () => {
    let folder: string;
    const table: Record<string, string | number>[] = [];
    let sites: Record<'eu' | 'us' | 'ap', Site>;
    let daemon: DnsDaemon;
    let probePort: number;

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'lockstep-traffic-'));
      probePort = await anyFreePort();
      sites = {
        eu: new Site('eu', '127.0.0.11', probePort),
        us: new Site('us', '127.0.0.12', probePort),
        ap: new Site('ap', '127.0.0.13', probePort),
      };
      for (const site of Object.values(sites)) await site.start();
      daemon = new DnsDaemon(name, folder, await anyFreePort());
      await daemon.follow(writePlan([]));
    });

    afterAll(async () => {
      console.table(table);
      await daemon?.stop();
      for (const site of Object.values(sites ?? {})) await site.die();
      rmSync(folder, { recursive: true, force: true });
    });

    function writePlan(disabled: readonly string[]): string {
      const endpoints = Object.values(sites).map((site, index) => ({
        site: site.name,
        address: site.address,
        priority: index,
        weight: [6, 3, 1][index],
        enabled: !disabled.includes(site.name),
      }));
      const profile = (profileName: Name, policy: string, more: object = {}) => ({
        name: profileName,
        policy,
        ttl: `${TTL_S}s`,
        probe: {
          port: probePort,
          interval: `${INTERVAL_S}s`,
          timeout: `${TIMEOUT_S}s`,
          failures: FAILURES,
        },
        endpoints,
        ...more,
      });
      const file = join(folder, 'traffic.yaml');
      writeFileSync(
        file,
        stringify({
          zone: 'shop.example',
          nameServers: [{ name: 'ns1', address: '127.0.0.1' }],
          profiles: [
            profile('failover', 'failover'),
            profile('turn', 'round robin'),
            profile('trial', 'weighted'),
            profile('near', 'performance', {
              networks: [
                { network: '127.0.1.0/24', sites: ['eu', 'us', 'ap'] },
                { network: '127.0.2.0/24', sites: ['us', 'ap', 'eu'] },
                { network: '127.0.0.0/16', sites: ['ap', 'us', 'eu'] },
              ],
            }),
          ],
        }),
      );
      return file;
    }

    const nameOf = (address: string) =>
      Object.values(sites).find((site) => site.address === address)?.name ?? address;

    /** Sites that are answered to one client, over so many questions that chance leaves none of three out. */
    async function answersTo(profile: Name, from: string): Promise<Set<string>> {
      const found = new Set<string>();
      for (let question = 0; question < (profile === 'trial' ? 120 : 3); question += 1) {
        const answer = await daemon.ask(`${profile}.shop.example`, from);
        for (const address of answer?.addresses ?? ['no answer']) found.add(nameOf(address));
      }
      return found;
    }

    /** Asks until every answer is as expected, and notes how long that took. Throws with the last answers. */
    async function becomes(
      event: string,
      expected: Expected,
      since = performance.now(),
    ): Promise<number> {
      const row: Record<string, string | number> = { event };
      let wholeMs = 0;
      for (const profile of POLICIES) {
        const described: string[] = [];
        for (const [from, wanted] of Object.entries(expected[profile])) {
          const want = [...wanted].sort().join('+');
          let got = '';
          for (;;) {
            got = [...(await answersTo(profile, from))].sort().join('+');
            const tookMs = performance.now() - since;
            wholeMs = Math.max(wholeMs, tookMs);
            if (got === want) break;
            if (tookMs > LIMIT_MS) {
              throw new Error(
                `${event}: ${profile} answers ${from} with ${got}, not ${want}\n${daemon.log()}`,
              );
            }
            await delay(ASK_EVERY_MS);
          }
          described.push(got);
        }
        row[profile] = [...new Set(described)].join(' / ');
      }
      row['seconds'] = Math.round(wholeMs / 100) / 10;
      table.push(row);
      return wholeMs;
    }

    const near = (europe: string, america: string, elsewhere: string) => ({
      [EUROPE]: [europe],
      [AMERICA]: [america],
      [ELSEWHERE]: [elsewhere],
    });
    const allUp: Expected = {
      failover: everywhere(['eu']),
      turn: everywhere(['eu', 'us', 'ap']),
      trial: everywhere(['eu', 'us', 'ap']),
      near: near('eu', 'us', 'ap'),
    };
    const withoutEu: Expected = {
      failover: everywhere(['us']),
      turn: everywhere(['us', 'ap']),
      trial: everywhere(['us', 'ap']),
      near: near('us', 'us', 'ap'),
    };

    const onlyAp: Expected = {
      failover: everywhere(['ap']),
      turn: everywhere(['ap']),
      trial: everywhere(['ap']),
      near: near('ap', 'ap', 'ap'),
    };

    it(
      'answers by every policy, whatever happens to the sites',
      async () => {
        await becomes('all up', allUp);
        const shares = { eu: 0, us: 0, ap: 0 };
        for (let question = 0; question < 300; question += 1) {
          const chosen = await daemon.ask('trial.shop.example', EUROPE);
          for (const address of chosen?.addresses ?? []) {
            shares[nameOf(address) as keyof typeof shares] += 1;
          }
        }
        expect(shares.eu).toBeGreaterThan(shares.us);
        expect(shares.us).toBeGreaterThan(shares.ap);
        const answer = await daemon.ask('failover.shop.example', EUROPE);
        expect(answer?.ttlS).toBeLessThanOrEqual(TTL_S);
        expect(answer?.ttlS).toBeGreaterThanOrEqual(TTL_S / 2);

        await sites.eu.die();
        const tookMs = await becomes('eu killed', withoutEu);
        if (name === 'gdnsd')
          expect(tookMs).toBeGreaterThan((FAILURES - 1) * INTERVAL_S * 1_000 - 1_000);

        await sites.eu.start();
        await becomes('eu back', allUp);

        sites.eu.freeze();
        await becomes('eu hung', withoutEu);
        sites.eu.thaw();
        await becomes('eu goes on', allUp);

        await sites.eu.die();
        await sites.us.die();
        await becomes('eu and us dead', onlyAp);

        await sites.ap.die();
        await becomes('all dead: as if all were up', allUp);

        await sites.us.start();
        await becomes('us back', {
          failover: everywhere(['us']),
          turn: everywhere(['us']),
          trial: everywhere(['us']),
          near: near('us', 'us', 'us'),
        });
        await sites.eu.start();
        await sites.ap.start();
        await becomes('all back', allUp);

        let since = performance.now();
        await daemon.follow(writePlan(['eu']));
        await becomes('eu disabled', withoutEu, since);

        await sites.us.die();
        await becomes('eu disabled, us dead', onlyAp);
        await sites.ap.die();
        await becomes('eu disabled, the others dead: never eu', withoutEu);

        await sites.us.start();
        await sites.ap.start();
        since = performance.now();
        await daemon.follow(writePlan([]));
        await becomes('eu enabled', allUp, since);
      },
      15 * LIMIT_MS,
    );
  });
}
