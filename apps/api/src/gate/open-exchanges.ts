import type { FastifyBaseLogger } from 'fastify';
import type { Clock } from '../clock.ts';
import { StoreUnavailable } from '../store/errors.ts';
import type { Store } from '../store/store.ts';

/** Milliseconds between two looks at the sessions behind what is open. */
const lookMs = 10_000;
/** Milliseconds for which the database may say nothing. Together with a look this stays below a minute. */
const maxUnknownMs = 45_000;

/** An answer, or a WebSocket, that is under way. */
export interface Exchange {
  /** The session of the person whom the app was told; undefined: the app was told nobody. */
  sessionId: string | undefined;
  /** Whether it goes on until somebody ends it. A server that closes does not wait for such an exchange. */
  isEndless: boolean;
  /** Ends it at once, on both sides. */
  cut(): void;
}

/** What is open between people and the app. */
export interface OpenExchanges {
  /** @returns a function to call when the exchange is over. */
  add(exchange: Exchange): () => void;
  /** Cuts what is endless. */
  cutEndless(): void;
  /** Looks no more. */
  close(): void;
}

/**
 * Keeps what is open, and cuts an exchange soon after its session has ended: logged out, revoked, expired or gone with
 * its account. An open exchange is no use of its session.
 */
export function followExchanges(store: Store, now: Clock, log: FastifyBaseLogger): OpenExchanges {
  const open = new Set<Exchange>();
  let knownAt = performance.now();

  async function look(): Promise<void> {
    const askedAt = performance.now();
    if (askedAt - knownAt >= maxUnknownMs) {
      log.error(
        'The database does not say which sessions have ended, so what the app had open for people was cut',
      );
      cutWhere(({ sessionId }) => sessionId !== undefined);
    }
    const ids = new Set<string>();
    for (const { sessionId } of open) if (sessionId !== undefined) ids.add(sessionId);
    try {
      const live = ids.size > 0 ? await store.liveAmong([...ids], now()) : ids;
      knownAt = Math.max(knownAt, askedAt);
      // A session that began while the database was asked was not asked about.
      cutWhere(({ sessionId }) => sessionId !== undefined && ids.has(sessionId) && !live.has(sessionId));
    } catch (err) {
      // The next look asks again. Nobody waits for this one: an error that it threw would end the process.
      if (!(err instanceof StoreUnavailable)) {
        log.error({ err }, 'The sessions of what the app has open could not be looked up');
      }
    }
  }

  function cutWhere(isOver: (exchange: Exchange) => boolean): void {
    for (const exchange of [...open]) if (isOver(exchange)) exchange.cut();
  }

  const timer = setInterval(look, lookMs);
  timer.unref();

  return {
    add(exchange) {
      open.add(exchange);
      return () => void open.delete(exchange);
    },
    cutEndless: () => cutWhere(({ isEndless }) => isEndless),
    close: () => clearInterval(timer),
  };
}
