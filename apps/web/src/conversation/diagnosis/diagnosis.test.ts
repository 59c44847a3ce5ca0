import {
  type Conversation,
  createClient,
  type EndReason,
  type Session,
  type User,
} from '@coatcheck/api-types';
import { describe, expect, it } from 'vitest';
import { attributes, cookie, told } from '../recording/examples.ts';
import { diagnose, type Surroundings } from './diagnosis.ts';

const user = { username: 'ada' } as User;
const session = { id: 'a', address: '203.0.113.7' } as Session;
const atHome = 'http://localhost:3000';

interface Scene extends Partial<Omit<Surroundings, 'client' | 'page' | 'server'>> {
  page?: string;
  server?: string;
  /** The conversation that `GET /session` tells, without the present time; a response in its place, or an error. */
  shown?: Partial<Conversation> | Response | Error;
  /** The address that a refusal of the page's origin names. */
  home?: string;
}

/** Looks around where nothing is broken but what the scene says. */
function look({ page = atHome, server = page, shown = { user, session }, home, ...more }: Scene) {
  const json = (body: unknown, status: number) =>
    new Response(JSON.stringify(body), {
      status,
      headers: { 'content-type': status === 200 ? 'application/json' : 'application/problem+json' },
    });
  const client = createClient({
    baseUrl: server,
    fetch: async (_input, init) => {
      if (init?.method === 'POST') {
        const problem = { type: '/problems/origin-not-allowed', title: '', status: 403, detail: '', home };
        return home === undefined ? new Response(null, { status: 204 }) : json(problem, 403);
      }
      if (shown instanceof Error) throw shown;
      if (shown instanceof Response) return shown.clone();
      return json({ ...told(), now: new Date().toISOString(), ...shown }, 200);
    },
  });
  return diagnose({
    client,
    page: new URL(page),
    server: new URL(server),
    lastOmittedCredentials: false,
    keepsCookies: () => true,
    isReachable: async () => false,
    ...more,
  });
}

const secure = { user, session, cookie: { ...cookie, attributes: { ...attributes, secure: true } } };
const without = { cookie: { ...cookie, sent: false } };
const ended = (reason: EndReason) => ({ shown: { reason } });
const afar = 'https://id.example.com';

describe('the diagnosis', () => {
  it.each<[string[], Scene]>([
    [['fine'], {}],
    [['no-answer'], { shown: new TypeError('Failed to fetch') }],
    [['origin'], { server: afar, shown: new TypeError('Failed to fetch'), isReachable: async () => true }],
    [['not-coatcheck'], { shown: new Response('<h1>Bad gateway</h1>', { status: 502 }) }],
    [['origin'], { home: afar }],
    [['loopback'], { page: 'http://127.0.0.1:3000', home: atHome }],
    [['secure-over-http'], { page: 'http://id.example.com', shown: secure }],
    [['fine'], { shown: secure }],
    [['fine'], { page: 'http://localhost.:3000', server: 'http://localhost.:3000', shown: secure }],
    [['public-url-http'], { page: afar }],
    [['cookies-blocked'], { keepsCookies: () => false }],
    [['third-party'], { page: 'http://localhost:5173', server: 'http://127.0.0.1:3000' }],
    [['fine', 'clock'], { shown: { user, session, now: new Date(Date.now() + 180_000).toISOString() } }],
    [['never'], { shown: without }],
    [['never', 'loopback'], { page: 'http://127.0.0.1:3000', shown: without }],
    [['never', 'loopback'], { page: 'http://[::1]:3000', shown: without }],
    [['never'], { page: 'http://id.example.com', shown: without }],
    [
      ['fine', 'proxy'],
      { page: 'http://id.example.com', shown: { user, session: { ...session, address: '127.0.0.1' } } },
    ],
    [['unknown'], ended('unknown')],
    [['expired-idle'], ended('expired-idle')],
    [['expired-absolute'], ended('expired-absolute')],
    [['logged-out'], ended('logged-out')],
    [['replaced'], ended('replaced')],
    [['revoked'], ended('revoked')],
    [['guest'], { shown: { session } }],
    [['omitted'], { lastOmittedCredentials: true }],
  ])('names %j', async (causes, scene) => {
    const { cause, besides } = await look(scene);
    expect([cause, ...besides]).toEqual(causes);
  });

  it('passes on the address that the server names', async () => {
    expect((await look({ home: afar })).circumstances.home).toBe(afar);
  });

  it('says of no link that it holds which was not looked at', async () => {
    const { links } = await look({ keepsCookies: () => false });
    expect(links.filter(({ holds }) => holds).map(({ link }) => link)).toEqual([
      'answer',
      'origin',
      'connection',
    ]);
    expect(links.filter(({ holds }) => holds === false).map(({ link }) => link)).toEqual(['cookies']);
  });
});
