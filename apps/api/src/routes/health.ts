import { setTimeout as pause } from 'node:timers/promises';
import { Health } from '@coatcheck/api-types/schemas';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { unavailable } from '../http/problems.ts';
import { StoreUnavailable } from '../store/errors.ts';
import type { Store } from '../store/store.ts';

/** GET /healthz, for programs that watch the process, and GET /readyz, for proxies that send it requests. */
export const health: FastifyPluginAsyncTypebox<{ store: Store; isClosing: () => boolean }> = async (
  app,
  { store, isClosing },
) => {
  const response = { 200: Health };

  // Each check costs a write, so all requests within a second share one.
  let asked = { at: Number.NEGATIVE_INFINITY, answer: Promise.resolve() };
  const ready = () => {
    if (performance.now() - asked.at > minBetweenWritesMs)
      asked = { at: performance.now(), answer: soon(store.ready().catch(notReady)) };
    return asked.answer;
  };

  app.get(
    '/healthz',
    { schema: { summary: 'Liveness check', operationId: 'healthz', tags: ['Server'], response } },
    async (_request, reply) => {
      // The response says nothing about anybody. A page that may read no other response can find out that a server is
      // there.
      reply.header('cross-origin-resource-policy', 'cross-origin');
      return { status: 'ok' as const };
    },
  );
  app.get(
    '/readyz',
    { schema: { summary: 'Readiness check', operationId: 'readyz', tags: ['Server'], response } },
    async () => {
      if (isClosing()) throw unavailable('This process is shutting down.', 5);
      await ready();
      return { status: 'ok' as const };
    },
  );
};

/**
 * The database does not take a write: whatever the cause, requests belong to another process. @throws
 * {StoreUnavailable} always
 */
function notReady(cause: unknown): never {
  throw new StoreUnavailable('The database did not take a write.', { cause });
}

/** Milliseconds at least between two writes that prove that the database takes one. */
const minBetweenWritesMs = 1_000;
/** Milliseconds that such a write may take. Together with the above, a failure shows within two seconds. */
const maxWriteMs = 750;

/** @throws {ProblemError} 503 when it takes too long. */
async function soon(answer: Promise<void>): Promise<void> {
  const stop = new AbortController();
  const late = pause(maxWriteMs, undefined, { signal: stop.signal }).then(() => {
    throw unavailable('The database does not answer in time.', 2);
  });
  try {
    await Promise.race([answer, late]);
  } finally {
    stop.abort();
    late.catch(() => undefined);
  }
}
