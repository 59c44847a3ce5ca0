import { once } from 'node:events';
import { type IncomingHttpHeaders, request as send } from 'node:http';
import type { LightMyRequestResponse } from 'fastify';
import { afterAll, TestRunner } from 'vitest';
import type { Installed } from '../../../tests/installed/setup.ts';
import { type RunningServer, startServer } from '../../../tests/server.ts';
import { copiedTables } from '../src/store/engines/schema.ts';
import type { Counter, Sent, Visitor } from './counter.ts';
import { makeDatabase, type TestDatabase } from './database.ts';

/** A server of the package, and the database behind it. */
interface Behind {
  server: RunningServer;
  database: TestDatabase;
}

/** By their settings, as JSON. Tests of a file share a server: a start takes half a second. */
const running = new Map<string, Promise<Behind>>();
/** How many tests of this file were skipped, by what they need. */
const skipped = new Map<string, number>();

afterAll(async () => {
  for (const { server, database } of await Promise.all(running.values())) {
    await server.stop();
    await database.empty();
  }
  if (skipped.size === 0) return;
  const reasons = [...skipped].map(([what, count]) => `${count} for ${what}`);
  console.log(`Skipped, since HTTP cannot do what they need: ${reasons.join(', ')}.`);
});

/**
 * Starts the package that npm installed, over an empty database, for a test that is written for a {@link Counter}.
 * Whatever such a test does beyond HTTP and the database skips it, with the reason: turn the clock, for instance.
 */
export async function openInstalled(
  installed: Installed,
  settings: Record<string, string>,
  visitorWith: (ask: Ask, own: Record<string, string>) => Visitor,
): Promise<Counter> {
  const skip = (what: string): never => {
    skipped.set(what, (skipped.get(what) ?? 0) + 1);
    TestRunner.getCurrentTest()?.context.skip(`needs ${what}, which HTTP cannot do`);
    throw new Error('A test was to be skipped, and no test runs.');
  };
  if ('LOG_LEVEL' in settings) skip('the log of this process');
  const { server, database } = await behind(installed, settings);
  return {
    get app() {
      return skip('the server in this process');
    },
    get store() {
      return skip('the store in this process');
    },
    get config() {
      return skip('the settings in this process');
    },
    get log() {
      return skip('the log of this process');
    },
    database,
    now: () => skip('a clock that stands still'),
    later: () => skip('a clock that can be turned'),
    restart: () => skip('the server in this process'),
    expectFaults: () => skip('faults in this process'),
    visitor: (own = {}) => visitorWith((request) => ask(server.home, request), own),
  };
}

async function behind(installed: Installed, settings: Record<string, string>): Promise<Behind> {
  const key = JSON.stringify(settings);
  const starting = running.get(key) ?? start(installed, settings);
  running.set(key, starting);
  const found = await starting;
  // References allow it in this order.
  for (const { name } of copiedTables.toReversed()) await found.database.query(`DELETE FROM ${name}`);
  return found;
}

async function start(
  { program, nodes, folder }: Installed,
  settings: Record<string, string>,
): Promise<Behind> {
  const database = await makeDatabase();
  const env = { DATABASE_URL: database.url, ...settings };
  const server = await startServer({ env, program, folder, ...(nodes[22] && { node: nodes[22] }) });
  return { server, database };
}

/** Sends a request of a visitor. */
export type Ask = (request: Sent) => Promise<LightMyRequestResponse>;

/** Sends a request. @param home where the server listens; pages are taken for the server's own there. */
async function ask(home: string, { method, url, headers, payload }: Sent): Promise<LightMyRequestResponse> {
  const { port, host } = new URL(home);
  // Node sends no length of a DELETE's body by itself.
  const length = payload === undefined ? {} : { 'content-length': Buffer.byteLength(payload) };
  const own = Object.entries({ host, ...length, ...headers }).map(([name, value]) => [
    name,
    String(value).replaceAll('localhost:3000', host),
  ]);
  const request = send({ port, host: '127.0.0.1', method, path: url, headers: Object.fromEntries(own) });
  request.end(payload);
  const [response] = await once(request, 'response');
  const rawPayload = Buffer.concat(await response.toArray());
  const body = rawPayload.toString();
  return {
    statusCode: response.statusCode,
    statusMessage: response.statusMessage,
    headers: inOne(response.headers),
    rawPayload,
    payload: body,
    body,
    json: () => JSON.parse(body),
    cookies: cookiesOf(response.headers),
  } as LightMyRequestResponse;
}

/** Headers as light-my-request gives them: a single cookie is no list. */
function inOne(headers: IncomingHttpHeaders) {
  const [cookie, ...more] = headers['set-cookie'] ?? [];
  return { ...headers, ...(cookie !== undefined && more.length === 0 && { 'set-cookie': cookie }) };
}

/** The cookies that a response sets, in the form of light-my-request. */
function cookiesOf(headers: IncomingHttpHeaders) {
  return (headers['set-cookie'] ?? []).map((line) => {
    const [pair = '', ...attributes] = line.split('; ');
    const [name, value] = split(pair);
    return {
      name,
      value: decodeURIComponent(value),
      ...Object.fromEntries(attributes.map((attribute) => known(...split(attribute)))),
    };
  });
}

const split = (text: string): [name: string, value: string] => {
  const at = text.indexOf('=');
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
};

function known(name: string, value: string): [string, unknown] {
  const key = name.replace('-', '').replace(/^./, (letter) => letter.toLowerCase());
  if (key === 'maxAge') return [key, Number(value)];
  if (key === 'expires') return [key, new Date(value)];
  return [key, value || true];
}
