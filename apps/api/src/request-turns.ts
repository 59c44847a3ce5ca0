import type { FastifyInstance } from 'fastify';
import { networksOf } from './addresses.ts';
import { FairLine } from './fair-line.ts';

/** Requests that are begun in one turn of the event loop, which takes a few milliseconds then. */
const maxBegun = 16;

/**
 * Lets networks take turns at the event loop. Node hands over whatever has arrived on all connections at once, so that
 * one network with hundreds of connections would be served hundreds of times before anybody else. Beyond a few,
 * requests wait for the next turns, and the network that was served longest ago comes first. While no more arrive than
 * are begun at once, nothing waits.
 */
export function takeTurns(app: FastifyInstance): void {
  const line = new FairLine<() => void>();
  let begun = 0;

  app.addHook('onRequest', (request, _reply, done) => {
    if (begun === 0) setImmediate(nextTurn);
    begun += 1;
    if (begun <= maxBegun) done();
    else line.add(networksOf(request.address), done);
  });

  function nextTurn(): void {
    begun = 0;
    while (begun < maxBegun) {
      const place = line.next();
      if (!place) return;
      if (begun === 0) setImmediate(nextTurn);
      begun += 1;
      line.finish(place);
      place.value();
    }
  }
}
