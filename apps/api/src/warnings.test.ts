import { describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';
import { otherHostsPasskeys, warnings } from './warnings.ts';

const https = { PUBLIC_URL: 'https://id.example.com', TRUSTED_PROXIES: '127.0.0.1' };

describe('the start', () => {
  it.each([
    {},
    { HOST: '127.0.0.1' },
    { HOST: '::1' },
    { HOST: '::ffff:127.0.0.1' },
    { HOST: 'LOCALHOST' },
    { HOST: 'localhost.' },
    { ALLOWED_ORIGINS: 'http://localhost:5173' },
    { PUBLIC_URL: 'http://localhost:3000' },
    https,
    { ...https, HOST: '0.0.0.0' },
    { ...https, ALLOWED_ORIGINS: 'https://app.example.com' },
    { PASSWORD_MIN_LENGTH: '15' },
    { ...https, REGISTRATION: 'closed' },
    { IN_FRONT_OF: 'http://localhost:8080' },
    { ...https, IN_FRONT_OF: 'http://localhost:8080', REGISTRATION: 'closed' },
    { ...https, IN_FRONT_OF: 'http://localhost:8080', REGISTRATION: 'open' },
  ])('warns of nothing with %j', (env) => {
    expect(warnings(readConfig(env))).toEqual([]);
  });

  it.each([
    ['HOST is 0.0.0.0', { HOST: '0.0.0.0' }],
    ['HOST is ::', { HOST: '::' }],
    ['HOST is 0', { HOST: '0' }],
    ['HOST is ::ffff:0.0.0.0', { HOST: '::ffff:0.0.0.0' }],
    ['HOST is 192.0.2.2', { HOST: '192.0.2.2' }],
    ['HOST is 2001:db8::7', { HOST: '2001:db8::7' }],
    ['HOST is house.lan', { HOST: 'house.lan' }],
    ['HOST is 0.0.0.0', { HOST: '0.0.0.0', PUBLIC_URL: 'http://localhost:3000' }],
    ['TRUSTED_PROXIES is empty', { PUBLIC_URL: https.PUBLIC_URL }],
    ['ALLOWED_ORIGINS has https://app.example.net', { ...https, ALLOWED_ORIGINS: 'https://app.example.net' }],
    ['ALLOWED_ORIGINS has http://localhost:5173', { ...https, ALLOWED_ORIGINS: 'http://localhost:5173' }],
    ['REGISTRATION is not set, and so it is closed', { ...https, IN_FRONT_OF: 'http://localhost:8080' }],
    ['PUBLIC_URL has the IP address 192.0.2.2', { ...https, PUBLIC_URL: 'https://192.0.2.2' }],
    ['PUBLIC_URL has the IP address [2001:db8::7]', { ...https, PUBLIC_URL: 'https://[2001:db8::7]' }],
    ['PASSWORD_MIN_LENGTH is 14', { PASSWORD_MIN_LENGTH: '14' }],
  ])('warns that %s with %j', (what, env) => {
    expect(warnings(readConfig(env))).toEqual([expect.stringContaining(what)]);
  });

  it('tells for which host the passkeys in the database were made', () => {
    const said = otherHostsPasskeys('old.example', readConfig(https));
    expect(said).toContain('were made for old.example, and people reach this server at id.example.com');
  });
});
