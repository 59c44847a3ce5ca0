import type { ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { FairQueue } from '../fair-queue/fair-queue.ts';
import type { Networks } from './address.ts';

/** Requests that begin in one turn of the event loop. The turn takes a few milliseconds then. */
const maxBegun = 32;
/** Requests of one network that may be under way before the network counts as a crowd. */
const maxUnderWay = 32;

/**
 * Lets networks take turns at the event loop. Node reads whatever has arrived on all connections at once, so that a
 * network with hundreds of connections would be served hundreds of times before any other. Here a turn of the event
 * loop begins a few requests. All others wait for the next turns, in which the network that was served longest ago
 * comes first, and a waiting request of a crowd is the last that a turn begins. While no more requests arrive than one
 * turn begins, and no network is a crowd, no request waits.
 */
export function takeTurns(app: FastifyInstance): Turns {
  const queue = new FairQueue<Waiting>();
  const underWay = new Map<string, number>();
  let begun = 0;
  let isTurn = false;

  app.addHook('onRequest', ({ networks }, { raw }, begin) => {
    const isCrowd = isCrowded(networks[0]);
    const isBegun = beginAtOnce(networks);
    countUnderWay(networks, raw);
    if (isBegun) begin();
    else queue.add(networks, { begin, isCrowd });
  });

  function mayBegin([network]: Networks): boolean {
    return (!isTurn || begun < maxBegun) && !isCrowded(network);
  }

  function beginAtOnce(networks: Networks): boolean {
    // A request that waits begins in one of the turns that follow this one.
    if (!isTurn) beginTurn();
    if (!mayBegin(networks)) return false;
    begun += 1;
    return true;
  }

  const isCrowded = (network: string): boolean => (underWay.get(network) ?? 0) >= maxUnderWay;

  function countUnderWay([network]: Networks, response: ServerResponse): void {
    // A request that waited behind others on its connection may begin after the connection was closed, and gets no
    // event then.
    if (response.destroyed) return;
    underWay.set(network, (underWay.get(network) ?? 0) + 1);
    response.on('close', () => {
      const others = (underWay.get(network) ?? 0) - 1;
      if (others > 0) underWay.set(network, others);
      else underWay.delete(network);
    });
  }

  function beginTurn(): void {
    begun = 0;
    isTurn = true;
    setImmediate(endTurn);
  }

  function endTurn(): void {
    isTurn = false;
    if (queue.size === 0) return;
    beginTurn();
    while (begun < maxBegun) {
      const place = queue.next();
      if (!place) return;
      begun += 1;
      queue.finish(place);
      place.value.begin();
      if (place.value.isCrowd) return;
    }
  }

  return { mayBegin, beginAtOnce, countUnderWay };
}

/** The turns of requests that reach no hook. */
export interface Turns {
  /** @returns whether a request of these networks would begin now. */
  mayBegin(networks: Networks): boolean;
  /** Begins a request, unless it would have to wait. @returns whether it has begun. */
  beginAtOnce(networks: Networks): boolean;
  /** Counts a request until it is answered, or its connection closes. */
  countUnderWay(networks: Networks, response: ServerResponse): void;
}

interface Waiting {
  begin(): void;
  isCrowd: boolean;
}
