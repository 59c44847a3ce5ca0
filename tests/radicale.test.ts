import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { freePort } from '../apps/api/test/free-port.ts';
import { password } from './browser/person.ts';
import { startServer } from './server.ts';

/** A calendar server that takes its user from a header: `auth: http_x_remote_user` of its manual. */
const program = '/usr/bin/radicale';
const why = spawnSync(program, ['--version']).error === undefined ? '' : ' (radicale is not installed here)';

it.skipIf(why)(`Radicale keeps the calendars of people who logged in here${why}`, async () => {
  const port = await freePort();
  const dir = mkdtempSync(join(tmpdir(), 'coatcheck-'));
  const options = {
    'server-hosts': `127.0.0.1:${port}`,
    'auth-type': 'http_x_remote_user',
    'rights-type': 'owner_only',
    'storage-filesystem-folder': dir,
  };
  const radicale = spawn(
    program,
    Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]),
    { stdio: 'ignore' },
  );
  const server = await startServer({
    env: { IN_FRONT_OF: `http://127.0.0.1:${port}`, IDENTITY_HEADER: 'X-Remote-User' },
  });
  onTestFinished(async () => {
    radicale.kill();
    await server.stop();
    rmSync(dir, { recursive: true });
  });
  await expect
    .poll(() =>
      fetch(`http://127.0.0.1:${port}/`, { redirect: 'manual' }).then(
        () => true,
        () => false,
      ),
    )
    .toBe(true);

  const cookies: Record<string, string> = {};
  for (const username of ['ada', 'bea']) {
    const answer = await fetch(`${server.home}/auth/register`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username, password }),
    });
    expect(answer.status).toBe(201);
    cookies[username] = answer.headers.get('set-cookie')?.split(';', 1)[0] ?? '';
  }
  const ask = (username: string, method: string, path: string, body?: string) =>
    fetch(`${server.home}${path}`, {
      method,
      headers: {
        cookie: cookies[username] ?? '',
        'x-remote-user': 'ada',
        'content-type': 'text/calendar',
        depth: '1',
      },
      ...(body !== undefined && { body }),
    });

  expect((await ask('ada', 'MKCALENDAR', '/ada/coats/')).status).toBe(201);
  const coat = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//coats//EN',
    'BEGIN:VEVENT',
    'UID:coat',
    'DTSTAMP:20261127T120000Z',
    'DTSTART:20261127T120000Z',
    'SUMMARY:Fetch the coat',
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n');
  expect((await ask('ada', 'PUT', '/ada/coats/coat.ics', coat)).status).toBe(201);
  expect(await (await ask('ada', 'GET', '/ada/coats/coat.ics')).text()).toContain('Fetch the coat');
  const listed = await ask('ada', 'PROPFIND', '/ada/coats/');
  expect([listed.status, await listed.text()]).toEqual([207, expect.stringContaining('coat.ics')]);
  expect((await ask('bea', 'GET', '/ada/coats/coat.ics')).status).toBe(403);
  expect((await ask('eve', 'GET', '/ada/coats/coat.ics')).status).toBe(401);
});
