import type { ClusterReport, NodeReport } from '#libs/redis';
import { failed, ok, warning, type Finding } from './finding.js';
import { redisFindings } from './store-checks.js';

/** What the nodes of a Redis Cluster say: whether it is whole, and of every node what is said of one server. */
export function clusterFindings({ nodes, missingSlots }: ClusterReport): Finding[] {
  const asked = nodes.flatMap(({ address, info }) =>
    info === undefined ? [] : [{ address, findings: redisFindings(info) }],
  );
  const checks = new Set(asked.flatMap(({ findings }) => findings.map(({ check }) => check)));
  const ofNodes = [...checks].flatMap((check) => {
    const found = asked.flatMap(({ address, findings }) =>
      findings.filter((each) => each.check === check).map((finding) => ({ address, finding })),
    );
    return ofEachNode(check, found);
  });
  return [wholeFinding(nodes, missingSlots), ...silentFindings(nodes), ...ofNodes];
}

function wholeFinding(nodes: readonly NodeReport[], missingSlots: number): Finding {
  const check = 'redis cluster';
  if (missingSlots > 0) {
    return failed(
      check,
      `${missingSlots} slots have no node`,
      'look at `CLUSTER INFO`; a node is away that had no replica, or slots were never given out (`redis-cli --cluster fix`)',
    );
  }
  const masters = nodes.filter(({ node }) => node.slots > 0);
  const alone = masters.filter(({ node }) => node.replicas === 0).map(({ address }) => address);
  const found = `${masters.length} masters, ${nodes.length - masters.length} replicas`;
  if (alone.length === 0) return ok(check, found);
  return warning(
    check,
    `${found}; without a replica: ${alone.join(', ')}`,
    'add one (`redis-cli --cluster add-node --cluster-slave`): nobody takes over what such a master has',
  );
}

function silentFindings(nodes: readonly NodeReport[]): Finding[] {
  return nodes
    .filter(({ info }) => info === undefined)
    .map(({ address }) =>
      failed('redis node', `${address} does not answer`, 'start it, or take it out of the cluster'),
    );
}

/** One line where all is well, and one for each node where it is not. */
function ofEachNode(
  check: string,
  found: readonly { readonly address: string; readonly finding: Finding }[],
): Finding[] {
  const notOk = found.filter(({ finding }) => finding.status !== 'ok');
  if (notOk.length > 0) {
    return notOk.map(({ address, finding }) => ({
      ...finding,
      found: `${address}: ${finding.found}`,
    }));
  }
  const answers = [...new Set(found.map(({ finding }) => finding.found))];
  return [ok(check, `${answers.join(', ')} (each of ${found.length} nodes)`)];
}
