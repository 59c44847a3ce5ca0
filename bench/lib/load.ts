import { join } from 'node:path';
import { ask, type Server } from './processes.ts';

/** One request of a load. */
export interface LoadRequest {
  method?: 'GET' | 'POST' | 'DELETE';
  path: string;
  headers?: Record<string, string>;
  body?: string;
}

/** A load that the client keeps up. */
export interface Load {
  /** The origin of the server. */
  url: string;
  connections: number;
  /** Sent in turn; the connections divide them among themselves. */
  requests: LoadRequest[];
  /** Seconds it lasts, or how many requests it has in all. */
  until: { seconds: number } | { amount: number };
  /** Statuses of answers that are expected, 200 unless said. Another answer is an error. */
  statuses?: number[];
}

/** What a load came to. */
export interface LoadResult {
  /** Answers by status. */
  answers: Record<string, number>;
  /** Seconds from the first request to the last answer. */
  seconds: number;
  /** Milliseconds from a request to its answer, of which 99 of 100 took no longer. Whole numbers. */
  p99: number;
}

/** A figure of requests a second, with the processor time of the server. */
export interface Rate {
  /** Answers a second. */
  rate: number;
  /** Microseconds of processor time that the server used for a request. */
  micros: number | undefined;
  /** Milliseconds. */
  p99: number;
  answers: Record<string, number>;
}

const client = join(import.meta.dirname, '../clients/autocannon.ts');

/** Runs a load in a process of its own. @throws when an answer is not as expected. */
export async function runLoad(load: Load): Promise<LoadResult> {
  const result = await ask<LoadResult & { failures: number }>(
    { command: process.execPath, args: [client] },
    load,
  );
  const expected = (load.statuses ?? [200]).map(String);
  const others = Object.keys(result.answers).filter((status) => !expected.includes(status));
  if (others.length > 0 || result.failures > 0)
    throw new Error(
      `${load.url}${load.requests[0]?.path} answered ${JSON.stringify(result.answers)}, with ${result.failures} connections that failed; only ${expected.join(' and ')} is expected.`,
    );
  return result;
}

/** Runs a load against a server, and looks at what the server used for it. */
export async function rateOf(server: Server, load: Omit<Load, 'url'>): Promise<Rate> {
  const before = server.processorMs();
  const { answers, seconds, p99 } = await runLoad({ ...load, url: server.url });
  const after = server.processorMs();
  const count = Object.values(answers).reduce((sum, one) => sum + one, 0);
  const micros = before === undefined || after === undefined ? undefined : ((after - before) * 1_000) / count;
  return { rate: count / seconds, micros, p99, answers };
}
