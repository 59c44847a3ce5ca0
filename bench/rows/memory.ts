import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Round } from '../lib/finding.ts';
import { startPeer } from '../lib/peers.ts';
import { residentBytes } from '../lib/proc.ts';
import { type Server, startServer } from '../lib/processes.ts';
import { register, sqliteIn, startProduct } from '../lib/product.ts';
import type { Row } from '../lib/row.ts';

/** Milliseconds without requests, after which V8 has collected what it collects by itself. */
const quietMs = 10_000;
const wantedConnections = 10_000;
/** Files that a process may need besides its connections. */
const otherFiles = 200;
const megabyte = 1_000_000;

/** The memory that a process holds at rest, and for each connection that stays open. */
export const memory: Row = {
  name: 'memory',
  async measure(bench) {
    const connections = Math.min(wantedConnections, openFiles() - otherFiles);
    const atRest: Round[] = [];
    const each: Round[] = [];
    for (let round = 1; round <= bench.rounds; round += 1) {
      await using product = await startProduct({ database: sqliteIn(bench.folder) });
      const { cookie, user } = await register(product.url, `visitor${round}`);
      await using peer = await startPeer('fastify.js', { PEER_USER: JSON.stringify(user) });
      // Both have answered once before they rest.
      await fetch(new URL('/me', peer.url));
      await sleep(quietMs);
      const rest = [residentBytes(product.pid), residentBytes(peer.pid)] as const;
      if (rest[0] === undefined || rest[1] === undefined)
        return { leftOut: 'this system does not tell how much memory a process holds.' };
      atRest.push({ own: rest[0] / megabyte, other: rest[1] / megabyte });
      const held = await withIdleConnections(product, cookie, connections);
      const heldByPeer = await withIdleConnections(peer, cookie, connections);
      each.push({ own: (held - rest[0]) / connections, other: (heldByPeer - rest[1]) / connections });
      bench.say(
        `round ${round} of ${bench.rounds}: ${atRest.at(-1)?.own.toFixed()} and ${atRest.at(-1)?.other?.toFixed()} MB`,
      );
    }
    const against = 'a bare Fastify';
    return [
      {
        name: 'memory, at rest',
        what: `resident memory ${quietMs / 1_000} s after the first answers`,
        against,
        unit: 'MB',
        goal: { atMost: 1.5 },
        rounds: atRest,
        notes: ['Coatcheck starts from its bundle, and has hashed a password in 19 MiB.'],
      },
      {
        name: 'memory, a connection',
        what: `what resident memory grows by for each of ${connections.toLocaleString('en')} connections that sent one GET /me and stay open, ${quietMs / 1_000} s later`,
        against,
        unit: 'bytes',
        goal: { atMost: 1.5 },
        rounds: each,
        notes: [],
      },
    ];
  },
};

/** @returns bytes that a server holds while connections are open and idle. */
async function withIdleConnections(server: Server, cookie: string, count: number): Promise<number> {
  const { port } = new URL(server.url);
  await using _client = await startServer({
    command: process.execPath,
    args: [join(import.meta.dirname, '../clients/idle-connections.ts'), port, cookie, String(count)],
  });
  await sleep(quietMs);
  const bytes = residentBytes(server.pid);
  if (bytes === undefined) throw new Error(`${server.url} has ended.`);
  return bytes;
}

/** @returns how many files a process may have open. Node raises its own limit to the highest that is allowed. */
function openFiles(): number {
  const report = process.report.getReport() as { userLimits?: { open_files?: { hard: number | string } } };
  const hard = report.userLimits?.open_files?.hard;
  return hard === undefined || hard === 'unlimited' ? Number.POSITIVE_INFINITY : Number(hard);
}
