import { defineMetrics } from '#libs/observability';

export const pushMetrics = defineMetrics({
  sockets: {
    type: 'gauge',
    name: 'lockstep_push_sockets',
    help: 'Clients connected to this replica.',
  },
  watches: {
    type: 'gauge',
    name: 'lockstep_push_watches',
    help: 'What the shoppers connected to this replica watch, each thing for each of them.',
  },
  linked: {
    type: 'gauge',
    name: 'lockstep_push_linked',
    help: '1 while events travel between replicas, 0 while only local clients get them.',
  },
  emits: {
    type: 'counter',
    name: 'lockstep_push_emits_total',
    help: 'Events sent from this replica to rooms.',
    labels: ['event'],
  },
  refusals: {
    type: 'counter',
    name: 'lockstep_push_refusals_total',
    help: 'Handshakes that were refused, by problem code.',
    labels: ['code'],
  },
  ignored: {
    type: 'counter',
    name: 'lockstep_push_ignored_total',
    help: 'What arrived from Redis and was not heard, by reason: unsealed (not of this installation), unwanted (no event), unreadable.',
    labels: ['reason'],
  },
  withheld: {
    type: 'counter',
    name: 'lockstep_push_withheld_total',
    help: 'Events for rooms that a connection was in and did not get, by reason: not-allowed (any more), unconfirmed, backlog.',
    labels: ['reason'],
  },
  endings: {
    type: 'counter',
    name: 'lockstep_push_ended_total',
    help: 'Connections the server closed because the client may not have them any more.',
    labels: ['reason'],
  },
});
