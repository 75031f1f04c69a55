import { HTTP_PORT, metadataOf, nameOf, PUSH_PORT } from './role-objects.js';
import { ROLES, type FleetPlan, type RoleName } from './fleet-plan.js';

type Gateway = NonNullable<FleetPlan['gateway']>;

/** What a client may ask for. Everything else, above all `/metrics`, is answered 404 by the gateway. */
const PATHS = ['/api', '/media', '/docs'];

/** A route for each role that is reached from outside. */
export function httpRoutes(plan: FleetPlan): object[] {
  const { gateway } = plan;
  if (gateway === undefined) return [];
  return ROLES.filter((role) => gateway[role].length > 0).map((role) => ({
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: metadataOf(plan, role),
    spec: {
      parentRefs: [parentOf(gateway)],
      hostnames: gateway[role],
      rules: [pushRule(plan, role, gateway), requestRule(plan, role)],
    },
  }));
}

function parentOf({ name, namespace, listener }: Gateway): object {
  return {
    name,
    ...(namespace === undefined ? {} : { namespace }),
    ...(listener === undefined ? {} : { sectionName: listener }),
  };
}

/**
 * Socket.IO. A websocket is one connection and goes to any replica. Polling is a session of many requests that only the replica
 * which opened it knows, so it needs the cookie, here and nowhere else.
 */
function pushRule(plan: FleetPlan, role: RoleName, { push }: Gateway): object {
  const isSticky = push === 'sticky';
  return {
    matches: [{ path: { type: 'PathPrefix', value: '/socket.io' } }],
    backendRefs: [{ name: nameOf(plan, role), port: isSticky ? HTTP_PORT : PUSH_PORT }],
    timeouts: NONE,
    ...(isSticky
      ? {
          sessionPersistence: {
            sessionName: 'LOCKSTEP_PUSH',
            type: 'Cookie',
            cookieConfig: { lifetimeType: 'Session' },
          },
        }
      : {}),
  };
}

/** Uploads of staff take minutes; replicas cut off those that trickle in, and bound everything else themselves. */
const NONE = { request: '0s' };

function requestRule(plan: FleetPlan, role: RoleName): object {
  return {
    matches: [
      ...PATHS.map((value) => ({ path: { type: 'PathPrefix', value } })),
      { path: { type: 'Exact', value: '/openapi.json' } },
      // What the DNS of several sites asks.
      ...(role === 'commerce' ? [{ path: { type: 'Exact', value: '/health/site' } }] : []),
    ],
    backendRefs: [{ name: nameOf(plan, role), port: HTTP_PORT }],
    ...(role === 'authoring' ? { timeouts: NONE } : {}),
  };
}
