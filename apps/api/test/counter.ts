import { refusals } from '@coatcheck/api-types/schemas';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { expect, inject, onTestFinished, vi } from 'vitest';
import { buildApp } from '../src/app.ts';
import { monotonicClock } from '../src/clock.ts';
import { type Config, readConfig } from '../src/config.ts';
import { readBuild } from '../src/page/build.ts';
import { openStore } from '../src/store/open.ts';
import type { Store } from '../src/store/store.ts';
import { at, publicUrlOf } from './base-path.ts';
import { makeDatabase, type TestDatabase } from './database.ts';
import { type Ask, openInstalled } from './installed.ts';

export const password = 'umbrella left by the door';
export const second = 1000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

/** A whole server over a fresh database, closed and searched for secrets when the test is over. */
export interface Counter {
  app: FastifyInstance;
  store: Store;
  config: Config;
  /** The database behind it, to be looked at and tampered with from another connection. */
  database: TestDatabase;
  /** Parsed log lines so far. */
  log: Record<string, unknown>[];
  /** The time, which stands still. @returns milliseconds since 1970. */
  now(): number;
  /** Sets the clock forward. */
  later(milliseconds: number): void;
  /** Makes a visitor with an empty cookie jar. */
  visitor(headers?: Record<string, string>): Visitor;
  /** Stops the server and starts it again on the same database. */
  restart(): Promise<void>;
  /** Allows lines of level error in the log: this test provokes faults. */
  expectFaults(): void;
}

/** A client with a cookie jar: it sends the cookie that it has, and keeps the cookie that it is given. */
export interface Visitor {
  ticket: string | undefined;
  get(path: string, headers?: Record<string, string>): Promise<LightMyRequestResponse>;
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<LightMyRequestResponse>;
  send(
    method: string,
    path: string,
    payload?: string | Buffer,
    headers?: Record<string, string>,
  ): Promise<LightMyRequestResponse>;
  /** Asks for an account. @returns the response, whatever it is. */
  register(username: string, more?: object): Promise<LightMyRequestResponse>;
  logIn(username: string, more?: object): Promise<LightMyRequestResponse>;
}

/** The page is the same for all servers of a run. */
const build = readBuild();

export async function openCounter(settings: Record<string, string> = {}): Promise<Counter> {
  const installed = inject('installed');
  if (installed) {
    const visitorWith = (ask: Ask, own: Record<string, string>) => createVisitor(ask, own, new Set());
    return openInstalled(installed, settings, visitorWith);
  }
  const database = await makeDatabase();
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
  const lines: string[] = [];
  const secrets = new Set<string>();
  let faultsExpected = false;

  async function open() {
    const config = readConfig({
      DATABASE_URL: database.url,
      LOG_LEVEL: 'debug',
      ...settings,
      ...publicUrlOf(settings.PUBLIC_URL ?? 'http://localhost'),
    });
    // Only the test turns the clock.
    const now = monotonicClock({ steady: () => 0 });
    const store = await openStore(config.database, { clock: now });
    const app = await buildApp({
      config,
      store,
      now,
      build,
      logTo: { write: (line) => void lines.push(line) },
    });
    app.addHook('onSend', async (request, reply, payload) => {
      if (reply.statusCode >= 400) requireListed(request.method, request.routeOptions.url, String(payload));
    });
    return { config, store, app };
  }
  let open_ = await open();

  onTestFinished(async () => {
    await open_.app.close();
    await open_.store.close();
    vi.useRealTimers();
    const stored = await database.empty();
    for (const secret of secrets) {
      expect(lines.join(''), 'a secret in the log').not.toContain(secret);
      expect(stored, 'a secret in the database').not.toContain(secret);
    }
    if (!faultsExpected) {
      expect(
        lines.filter((line) => JSON.parse(line).level >= 50),
        'faults in the log',
      ).toEqual([]);
    }
  });

  return {
    get app() {
      return open_.app;
    },
    get store() {
      return open_.store;
    },
    get config() {
      return open_.config;
    },
    database,
    get log() {
      return lines.map((line) => JSON.parse(line));
    },
    now: () => Date.now(),
    later: (milliseconds) => void vi.setSystemTime(Date.now() + milliseconds),
    async restart() {
      await open_.app.close();
      await open_.store.close();
      open_ = await open();
    },
    expectFaults: () => {
      faultsExpected = true;
    },
    visitor: (own = {}) => createVisitor((request) => open_.app.inject(request), own, secrets),
  };
}

/** What a visitor sends. */
export interface Sent {
  method: 'GET';
  url: string;
  headers: Record<string, string>;
  payload?: string | Buffer;
}

/**
 * Makes a visitor with an empty cookie jar.
 * @param ask sends a request. @param own headers of every request. @param secrets where passwords and tickets are noted.
 */
function createVisitor(ask: Ask, own: Record<string, string>, secrets: Set<string>): Visitor {
  let cookieName = 'coatcheck';
  const visitor: Visitor = {
    ticket: undefined,
    get: (path, headers) => visitor.send('GET', path, undefined, headers),
    post: (path, body, headers) =>
      body === undefined
        ? visitor.send('POST', path, undefined, headers)
        : visitor.send('POST', path, JSON.stringify(body), {
            'content-type': 'application/json',
            ...headers,
          }),
    async send(method, path, payload, headers = {}) {
      for (const [, secret] of String(payload ?? '').matchAll(
        /"(?:password|\w+Password|code|token)":"([^"]{8,})"/g,
      )) {
        if (secret) secrets.add(secret);
      }
      const cookie = visitor.ticket === undefined ? {} : { cookie: `${cookieName}=${visitor.ticket}` };
      const response = await ask({
        method: method as 'GET',
        url: at(path),
        headers: { ...cookie, ...own, ...headers },
        ...(payload !== undefined && { payload }),
      });
      for (const { name, value } of response.cookies) {
        if (!name.endsWith('coatcheck')) continue;
        visitor.ticket = value || undefined;
        cookieName = name;
        if (value) secrets.add(value);
      }
      return response;
    },
    register: (username, more) => visitor.post('/register', { username, password, ...more }),
    logIn: (username, more) => visitor.post('/login', { username, password, ...more }),
  };
  return visitor;
}

/** Whatever is refused in any test must be what the contract lists for that call. */
function requireListed(method: string, url: string | undefined, payload: string) {
  const listed = Object.entries(refusals).find(
    ([call]) => call === `${method} ${url?.replaceAll(/:(\w+)/g, '{$1}')}`,
  )?.[1];
  if (listed) expect(listed).toContain(JSON.parse(payload).type.replace('/problems/', ''));
}
