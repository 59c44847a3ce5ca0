import type { ProblemSlug } from '@coatcheck/api-types';
import { problemSchemas } from '@coatcheck/api-types/schemas';
import { describe, expect, inject, it } from 'vitest';
import { at } from '../../test/base-path.ts';
import { openCounter, password } from '../../test/counter.ts';
import { callsBelow } from '../http/calls-below.ts';
import { problemTypes } from '../http/problem-types.ts';
import { whyNotLoggedIn } from '../http/problems.ts';

describe('a problem’s page', () => {
  it.each(Object.keys(problemSchemas))('%s says what happened and what to do', async (slug) => {
    const counter = await openCounter();
    const answer = await counter.visitor().get(`/problems/${slug}`);
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toContain('text/html');
    expect(answer.body).toContain('What to do');
    expect(answer.body).toContain(`<h1>${problemTypes[slug as ProblemSlug].title}</h1>`);
    expect(answer.body).not.toMatch(/<script|style=/);
  });

  it.each([
    // The same problem is sent for more than a session may remember.
    ['too-large', /8 KiB.*2 KiB/],
    [
      'too-many-requests',
      /failed logins.*registrations.*without a login.*taken usernames.*links.*exports.*profile.*recovery codes/,
    ],
    // Bytes that are no HTTP at all are refused by it as well.
    ['invalid-request', /not well-formed HTTP/],
  ])('%s names every cause', async (slug, causes) => {
    const counter = await openCounter();
    expect((await counter.visitor().get(`/problems/${slug}`)).body).toMatch(causes);
  });

  it('unavailable promises nothing about what was done: after a lost commit nobody knows', async () => {
    const counter = await openCounter();
    expect((await counter.visitor().get('/problems/unavailable')).body).toContain('check before you repeat');
  });
});

describe('the titles', () => {
  it('are what people search for', () => {
    const titles = Object.entries(problemTypes).map(
      ([slug, { status, title }]) => `${status} ${slug}: ${title}`,
    );
    expect(titles).toEqual([
      '400 invalid-request: Invalid request',
      '401 invalid-credentials: Wrong username or password',
      '401 passkey-required: Passkey required',
      '401 link-void: Link no longer good',
      '401 not-logged-in: Not logged in',
      '403 wrong-password: Wrong password',
      '403 proof-required: Proof required',
      '403 registration-closed: Registration closed',
      '403 origin-not-allowed: Origin not allowed',
      '404 not-found: Not found',
      '405 method-not-allowed: Method not allowed',
      '409 username-taken: Username taken',
      '409 last-way-in: Last way in',
      '413 too-large: Too large',
      '415 unsupported-media-type: Body must be JSON',
      '429 too-many-requests: Too many requests',
      '500 internal-error: Server error',
      '502 app-unreachable: App unreachable',
      '503 unavailable: Temporarily unavailable',
    ]);
  });
});

describe('the list of problems', () => {
  it('leads to the page of each, and the page of a 401 has every reason', async () => {
    const visitor = (await openCounter()).visitor();
    const { body } = await visitor.get('/problems');
    for (const [slug, { title }] of Object.entries(problemTypes)) {
      expect(body).toContain(`<a href="${at(`/problems/${slug}`)}">${title}</a>`);
    }
    const reasons = (await visitor.get('/problems/not-logged-in')).body;
    for (const [reason, why] of Object.entries(whyNotLoggedIn)) {
      expect(reasons).toContain(
        `<dt><code>${reason}</code></dt>\n<dd>${callsBelow(why, inject('basePath'))}</dd>`,
      );
    }
  });
});

describe('the detail of a 401', () => {
  it('names every way in which a ticket is replaced or revoked', async () => {
    const counter = await openCounter();
    const ada = counter.visitor();
    const elsewhere = counter.visitor();
    await ada.register('ada');
    await elsewhere.logIn('ada');
    const first = ada.ticket;
    await ada.send(
      'PUT',
      '/me/password',
      JSON.stringify({ currentPassword: password, newPassword: 'gloves in the left pocket' }),
      { 'content-type': 'application/json' },
    );
    ada.ticket = first;
    const replaced = (await ada.get('/me')).json();
    expect(replaced).toMatchObject({ reason: 'replaced', detail: expect.stringMatching(/password change/) });
    const revoked = (await elsewhere.get('/me')).json();
    expect(revoked).toMatchObject({ reason: 'revoked', detail: expect.stringMatching(/password change/) });
    expect(revoked.detail).toMatch(/operator of this server.*too many newer sessions.*account/);
  });
});
