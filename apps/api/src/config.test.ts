import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readConfig } from './config.ts';
import { isOnThisMachine, otherSites } from './http/origins.ts';
import { packageIn } from './installation.ts';
import { ConfigError } from './settings.ts';
import { withoutPassword } from './store/database-url.ts';

describe('the settings', () => {
  it('need none: every one has its default', () => {
    expect(readConfig({})).toMatchObject({
      host: 'localhost',
      port: 3000,
      publicUrl: undefined,
      allowedOrigins: [],
      database: { path: expect.stringMatching(/\/data\/coatcheck\.db$/) },
      trustedProxies: [],
      session: { idleMs: 7_200_000, lifetimeMs: 86_400_000 },
      remember: { idleMs: 14 * 86_400_000, lifetimeMs: 30 * 86_400_000 },
      passwordMinLength: 15,
      registration: { policy: 'open', isClosedByDefault: false },
      registrationsPerHour: 30,
      house: { name: undefined, logo: undefined, contact: undefined },
      inFrontOf: undefined,
      identityHeader: 'Remote-User',
      logLevel: 'info',
    });
  });

  it('are those of the folder in which the package is run, beside an app’s own data', () => {
    const folder = mkdtempSync(join(tmpdir(), 'coatcheck-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, 'logo.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
    const { database, house } = readConfig({ HOUSE_LOGO: 'logo.svg' }, packageIn(folder));
    expect(database).toEqual({ path: join(folder, 'coatcheck/coatcheck.db') });
    expect(house.logo).toMatchObject({ type: 'image/svg+xml' });
  });

  it('that are empty are as if they were not there', () => {
    expect(readConfig({ PORT: '', PUBLIC_URL: ' ', ALLOWED_ORIGINS: '' })).toEqual(readConfig({}));
  });

  it('are read as they are meant', () => {
    expect(
      readConfig({
        PUBLIC_URL: 'https://id.example.com',
        ALLOWED_ORIGINS: 'https://app.example.com, http://localhost:5173',
        DATABASE_URL: 'sqlite:/var/lib/coatcheck.db',
        TRUSTED_PROXIES: '127.0.0.1,10.0.0.0/8, ::1',
        SESSION_IDLE: '90s',
        SESSION_LIFETIME: '5m',
        HOUSE_NAME: ' Café am Hafen\t',
        HOUSE_CONTACT: 'help+door@example.com ',
        LOG_LEVEL: 'silent',
      }),
    ).toMatchObject({
      allowedOrigins: ['https://app.example.com', 'http://localhost:5173'],
      database: { path: '/var/lib/coatcheck.db' },
      trustedProxies: ['127.0.0.1', '10.0.0.0/8', '::1'],
      session: { idleMs: 90_000, lifetimeMs: 300_000 },
      house: { name: 'Café am Hafen', contact: 'help+door@example.com' },
    });
  });

  it.each([
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '3000x'],
    ['PORT', '1e3'],
    ['PUBLIC_URL', 'id.example.com'],
    ['PUBLIC_URL', 'https://example.com/auth?x'],
    ['PUBLIC_URL', 'https://example.com/auth#x'],
    ['PUBLIC_URL', 'https://example.com/a%20b'],
    ['PUBLIC_URL', 'https://example.com/a;b'],
    ['PUBLIC_URL', 'https://example.com/a/../b'],
    ['PUBLIC_URL', 'https://example.com/./a'],
    ['PUBLIC_URL', 'https://example.com//a'],
    ['PUBLIC_URL', 'https://example.com/a//'],
    ['PUBLIC_URL', 'https://example.com/ä'],
    ['PUBLIC_URL', 'https://ada@example.com/auth'],
    ['PUBLIC_URL', 'https://ada@id.example.com'],
    ['PUBLIC_URL', 'ftp://id.example.com'],
    ['PUBLIC_URL', 'http://id.example.com'],
    ['ALLOWED_ORIGINS', '*'],
    ['ALLOWED_ORIGINS', 'https://*.example.com'],
    ['ALLOWED_ORIGINS', 'https://app.example.com/'],
    ['ALLOWED_ORIGINS', 'https://APP.example.com'],
    ['ALLOWED_ORIGINS', 'null'],
    ['ALLOWED_ORIGINS', 'https://fine.example.com,nonsense'],
    ['DATABASE_URL', 'sqlite:'],
    ['DATABASE_URL', 'sqlite://data/coatcheck.db'],
    ['DATABASE_URL', 'sqlite::memory:'],
    ['DATABASE_URL', 'mysql://localhost'],
    ['DATABASE_URL', 'postgres://db.example.com'],
    ['DATABASE_URL', 'postgres://db.example.com/a/b'],
    ['DATABASE_URL', 'postgres://db.example.com:port/coatcheck'],
    ['DATABASE_URL', 'postgres://db.example.com/coatcheck?sslmode=prefer'],
    ['DATABASE_URL', 'postgres://db.example.com/coatcheck?sslrootcert=/nowhere.pem'],
    ['DATABASE_URL', 'postgres://db.example.com/coatcheck?pool=100'],
    ['TRUSTED_PROXIES', 'proxy.example.com'],
    ['TRUSTED_PROXIES', '10.0.0.0/99'],
    ['TRUSTED_PROXIES', '10.0.0.0/'],
    ['TRUSTED_PROXIES', '0.0.0.0/0'],
    ['TRUSTED_PROXIES', '::/0'],
    ['TRUSTED_PROXIES', '10.1'],
    ['TRUSTED_PROXIES', '0x7f.1'],
    ['TRUSTED_PROXIES', '2130706433'],
    ['SESSION_IDLE', '2'],
    ['SESSION_IDLE', '0h'],
    ['SESSION_IDLE', '25h'],
    ['SESSION_LIFETIME', 'forever'],
    ['REMEMBER_IDLE', '31d'],
    ['REMEMBER_LIFETIME', '1.5d'],
    ['PASSWORD_MIN_LENGTH', '7'],
    ['PASSWORD_MIN_LENGTH', '257'],
    ['REGISTRATIONS_PER_HOUR', '0'],
    ['HOUSE_NAME', 'x'.repeat(65)],
    ['HOUSE_NAME', 'Harbour\nWiki'],
    ['HOUSE_NAME', 'Harbour \u001b[31mWiki'],
    ['HOUSE_NAME', 'Harbour \u009b31mWiki'],
    ['HOUSE_NAME', 'Harbour \u202ekiW'],
    ['HOUSE_NAME', 'Harbour \u2066Wiki'],
    ['HOUSE_NAME', 'Harbour\u2028Wiki'],
    ['HOUSE_NAME', '\u200b\u200b'],
    ['HOUSE_NAME', '\u200d\u0301'],
    ['HOUSE_CONTACT', 'the harbour master'],
    ['HOUSE_CONTACT', 'example.com/help'],
    ['HOUSE_CONTACT', 'javascript:alert(1)'],
    ['HOUSE_CONTACT', 'mailto:help@example.com'],
    ['HOUSE_CONTACT', 'ftp://example.com'],
    ['HOUSE_CONTACT', 'https://'],
    ['HOUSE_CONTACT', 'https://ada:secret@example.com'],
    ['HOUSE_CONTACT', 'https://example.com/a page'],
    ['HOUSE_CONTACT', 'https:\\\\example.com'],
    ['HOUSE_CONTACT', `https://example.com/${'x'.repeat(2_000)}`],
    ['HOUSE_CONTACT', 'help@example.com?bcc=all@example.com'],
    ['HOUSE_CONTACT', 'a%0d%0abcc@example.com'],
    ['HOUSE_CONTACT', 'help@example.com, ada@example.com'],
    ['HOUSE_CONTACT', 'help@'],
    ['IN_FRONT_OF', 'localhost:8080'],
    ['IN_FRONT_OF', '8080'],
    ['IN_FRONT_OF', 'ftp://localhost:8080'],
    ['IN_FRONT_OF', 'http://localhost:8080/app'],
    ['IN_FRONT_OF', 'http://localhost:8080//'],
    ['IN_FRONT_OF', 'http://localhost:8080/?x'],
    ['IN_FRONT_OF', 'http://localhost:8080#x'],
    ['IN_FRONT_OF', 'http://ada:secret@localhost:8080'],
    ['IN_FRONT_OF', 'http://localhost:3000'],
    ['IN_FRONT_OF', 'http://127.0.0.1:3000/'],
    ['IN_FRONT_OF', 'http://[::1]:3000'],
    ['IN_FRONT_OF', 'http://0.0.0.0:3000'],
    ['IN_FRONT_OF', 'http://[::]:3000'],
    ['IN_FRONT_OF_ACCESS', 'nobody'],
    ['IDENTITY_HEADER', 'X Remote User'],
    ['IDENTITY_HEADER', 'X_Remote_User'],
    ['IDENTITY_HEADER', 'cookie'],
    ['IDENTITY_HEADER', 'Content-Length'],
    ['IDENTITY_HEADER', 'X-Forwarded-For'],
    ['IDENTITY_HEADER', 'Remote-User-Id'],
    ['IDENTITY_HEADER', 'Ünlaut'],
    ['LOG_LEVEL', 'loud'],
    ['LOG_LEVEL', 'info\nforged'],
  ])('%s=%j are refused in one line that names it', (name, value) => {
    const read = () => readConfig({ [name]: value });
    expect(read).toThrow(ConfigError);
    expect(read).toThrow(new RegExp(`^${name} [^\n]+\\.$`));
  });

  it.each(
    [
      'Accept Accept-Language Access-Control-Allow-Origin Age Allow Authorization Cache-Control CDN-Cache-Control Connection',
      'Content-Type Cookie Cross-Origin-Opener-Policy Date ETag Expires From Host If-Match Keep-Alive Last-Modified Link',
      'Location Origin Origin-Agent-Cluster Permissions-Policy Pragma Proxy-Authorization Range Referrer-Policy Retry-After',
      'Sec-Fetch-Site Server Set-Cookie Strict-Transport-Security TE Trailer Transfer-Encoding Upgrade User-Agent vary Via',
      'WWW-Authenticate X-Accel-Redirect X-Content-Type-Options X-Forwarded-Prefix X-Frame-Options X-HTTP-Method-Override',
      'X-Original-URL X-Real-IP X-Request-Id X-Sendfile',
    ].flatMap((line) => line.split(' ')),
  )('take no username in %s, which means something else', (value) => {
    expect(() => readConfig({ IDENTITY_HEADER: value })).toThrow(
      `IDENTITY_HEADER is "${value}", a header that has another meaning. Set a header that nothing else uses, like X-Remote-User.`,
    );
  });

  it.each(
    [
      [
        'Remote-User',
        'X-Remote-User',
        'X-User',
        'User',
        'X-WEBAUTH-USER',
        'X-Auth-Request-User',
        'X-Authentik-Username',
      ],
      [
        'X-Forwarded-User',
        'X-Forwarded-Email',
        'X-Forwarded-Preferred-Username',
        'Shibboleth-User',
        'Section-User',
      ],
    ].flat(),
  )('take the username in %s', (value) => {
    expect(readConfig({ IDENTITY_HEADER: value }).identityHeader).toBe(value);
  });

  it.each(['IN_FRONT_OF', 'PUBLIC_URL'])('%s is refused without the password in it', (name) => {
    const read = () => readConfig({ [name]: 'https://ada:hunter2@example.com' });
    expect(read).toThrow(`${name} is a URL with a username or a password. Set `);
    expect(read).not.toThrow('hunter2');
  });

  it('are refused without what a terminal would execute', () => {
    expect(() => readConfig({ LOG_LEVEL: 'loud\u009b2J\u202e' })).toThrow(
      'LOG_LEVEL is "loud\\u009b2J\\u202e". Set one of',
    );
  });

  it.each([
    [{ PUBLIC_URL: 'https://example.com/auth', IN_FRONT_OF: 'https://example.com' }],
    [{ HOST: '192.0.2.2', PORT: '80', IN_FRONT_OF: 'http://192.0.2.2' }],
  ])('refuse to stand in front of this server itself: %j', (env) => {
    expect(() => readConfig(env)).toThrow(/^IN_FRONT_OF is [^\n]+ itself\. /);
  });

  it.each([
    ['/auth', {}],
    ['/auth', { PUBLIC_URL: 'https://example.com' }],
    ['/door', { PUBLIC_URL: 'https://example.com/door/' }],
  ])('put everything of ours below %s in front of an app, with %j', (basePath, env) => {
    const config = readConfig({ IN_FRONT_OF: 'http://localhost:8080/', ...env });
    expect(config).toMatchObject({ basePath, inFrontOf: { access: 'members' } });
    expect(config.inFrontOf?.origin.origin).toBe('http://localhost:8080');
  });

  it.each([
    ['HOUSE_NAME', '港のウィキ'],
    ['HOUSE_NAME', 'مرفأ'],
    ['HOUSE_NAME', '⚓ R&D <Harbour>'],
    ['HOUSE_NAME', '👩‍🚀'.repeat(21)],
    ['HOUSE_CONTACT', 'https://example.com/help?from=door#form'],
    ['HOUSE_CONTACT', 'http://localhost:8080'],
    ['HOUSE_CONTACT', "o'neill+door@bücher.example"],
  ])('keep %s=%j as it is', (name, value) => {
    expect(Object.values(readConfig({ [name]: value }).house)).toContain(value);
  });

  it.each(['http://app.example.com', 'https://app.example.com,http://10.0.0.5:8080'])(
    'refuse that %s may call an https PUBLIC_URL, since its pages can be changed on the way',
    (allowed) => {
      const read = (publicUrl: string) => readConfig({ PUBLIC_URL: publicUrl, ALLOWED_ORIGINS: allowed });
      expect(() => read('https://id.example.com')).toThrow(/^ALLOWED_ORIGINS has "http:[^\n]+\.$/);
      expect(() => read('http://localhost:3000')).not.toThrow();
    },
  );

  it.each(['mysql://root:hunter2@db', 'postgres://root:hunter2@db', 'postgres://root:hunter2@db/x?y=z'])(
    'never repeat a database address, which may hold a password: %s',
    (address) => {
      expect(() => readConfig({ DATABASE_URL: address })).toThrow(/^(?!.*hunter2)/);
    },
  );

  it.each([
    ['postgres://localhost/coatcheck', { host: 'localhost', port: 5432, database: 'coatcheck', ssl: false }],
    ['postgresql://[::1]:5433/coatcheck', { host: '::1', port: 5433, ssl: false }],
    ['postgres://ada:a%2Fb%40c@db.example.com/house', { user: 'ada', password: 'a/b@c', database: 'house' }],
    ['postgres:///coatcheck?host=/var/run/postgresql', { host: '/var/run/postgresql', ssl: false }],
    ['postgres://db.example.com/coatcheck', { ssl: { rejectUnauthorized: true } }],
    ['postgres://db.example.com/coatcheck?sslmode=require', { ssl: { rejectUnauthorized: true } }],
    ['postgres://db.example.com/coatcheck?sslmode=no-verify', { ssl: { rejectUnauthorized: false } }],
    ['postgres://10.0.0.5/coatcheck?sslmode=disable', { ssl: false }],
    ['postgres://localhost/coatcheck?sslmode=verify-full', { ssl: { rejectUnauthorized: true } }],
  ])('read %s', (address, meant) => {
    expect(readConfig({ DATABASE_URL: address }).database).toMatchObject(meant);
  });

  describe('read the certificate that sslrootcert names', () => {
    const pem = readFileSync(join(import.meta.dirname, '../test/tls/server.crt'));
    function settings(content: Buffer | undefined) {
      const dir = mkdtempSync(join(tmpdir(), 'coatcheck-pem-'));
      onTestFinished(() => rmSync(dir, { recursive: true }));
      const file = content === undefined ? dir : join(dir, 'root.pem');
      if (content !== undefined) writeFileSync(file, content);
      return readConfig({ DATABASE_URL: `postgres://db.example.com/coatcheck?sslrootcert=${file}` }).database;
    }

    it.each([
      ['as it is', pem],
      ['behind a byte order mark', Buffer.concat([Buffer.from('\ufeff'), pem])],
      ['behind a comment', Buffer.concat([Buffer.from('Our authority\r\n'), pem])],
    ])('%s', (_how, content) => {
      const ca = expect.stringMatching(/^-----BEGIN CERTIFICATE-----/);
      expect(settings(content)).toMatchObject({ ssl: { rejectUnauthorized: true, ca } });
    });

    it.each([
      ['in UTF-16', Buffer.from(pem.toString(), 'utf16le')],
      ['of nothing', Buffer.alloc(0)],
      ['of a broken certificate', Buffer.from(pem.toString().replace(/^MII.*$/m, ''))],
      ['that is a folder', undefined],
    ])('and refuse a file %s in one line', (_how, content) => {
      expect(() => settings(content)).toThrow(
        /^DATABASE_URL names the certificate "[^\n]+\. Set the path of a PEM file\.$/,
      );
    });
  });

  it('show a database without its password', () => {
    const shown = (url: string) => withoutPassword(readConfig({ DATABASE_URL: url }).database);
    for (const url of [
      'sqlite:/var/lib/coatcheck.db',
      'postgres://ada@db.example.com:5433/house',
      'postgres://[::1]:5432/coatcheck',
      'postgres:///coatcheck?host=/var/run/postgresql',
    ]) {
      expect(shown(url)).toBe(url);
    }
    expect(shown('postgres://a%40b:hunter2@db.example.com/h%20e')).toBe(
      'postgres://a%40b@db.example.com:5432/h%20e',
    );
  });

  it('know allowed origins of another site, where a Lax cookie never goes', () => {
    const settings = (publicUrl: string, allowed: string) =>
      otherSites(readConfig({ PUBLIC_URL: publicUrl, ALLOWED_ORIGINS: allowed }));
    expect(settings('https://id.example.com', 'https://app.example.com,https://example.com:8443')).toEqual(
      [],
    );
    expect(settings('https://id.example.com', 'http://localhost:5173')).toEqual(['http://localhost:5173']);
    expect(settings('https://id.example.co.uk', 'https://other.co.uk')).toEqual(['https://other.co.uk']);
    expect(settings('https://me.github.io', 'https://you.github.io')).toEqual(['https://you.github.io']);
    expect(settings('', 'http://localhost:5173,http://127.0.0.1:5173')).toEqual(['http://127.0.0.1:5173']);
  });
});

describe('a PUBLIC_URL', () => {
  it.each([
    ['http://localhost', true],
    ['http://LOCALHOST:3000', true],
    ['https://localhost.', true],
    ['https://LocalHost.:3000', true],
    ['http://app.localhost', true],
    ['http://app.localhost.:3000', true],
    ['http://127.0.0.1', true],
    ['http://127.0.0.1.', true],
    ['http://127.0.0.2:3000', true],
    ['https://127.255.255.254', true],
    ['http://[::1]:3000', true],
    ['http://[::ffff:7f00:1]', true],
    ['https://localhost.example.com', false],
    ['https://localhost..', false],
    ['https://mylocalhost', false],
    ['https://127.0.0.1.example.com', false],
    ['https://126.0.0.1', false],
    ['https://[::2]', false],
    ['https://[::ffff:7e00:1]', false],
    ['https://0.0.0.0', false],
  ])('%s is on this machine: %j', (PUBLIC_URL, isHere) => {
    expect(isOnThisMachine(readConfig({ PUBLIC_URL }))).toBe(isHere);
  });
});

describe('registration', () => {
  const app = { IN_FRONT_OF: 'http://localhost:8080' };
  const outside = { PUBLIC_URL: 'https://example.com' };

  it.each([
    [{}, 'open'],
    [outside, 'open'],
    [app, 'open'],
    [{ ...app, PUBLIC_URL: 'http://localhost:3000/door' }, 'open'],
    [{ ...app, PUBLIC_URL: 'http://127.0.0.1:3000' }, 'open'],
    [{ ...app, PUBLIC_URL: 'https://localhost.' }, 'open'],
    [{ ...app, ...outside }, 'closed'],
  ])('with %j is %s unless it is set', (env, policy) => {
    const byDefault = { policy, isClosedByDefault: policy === 'closed' };
    expect(readConfig(env).registration).toEqual(byDefault);
    for (const set of ['open', 'invite', 'closed']) {
      const asSet = { policy: set, isClosedByDefault: false };
      expect(readConfig({ ...env, REGISTRATION: set }).registration).toEqual(asSet);
    }
  });

  it.each(['invitation', 'Open', 'no'])('cannot be %s', (value) => {
    expect(() => readConfig({ REGISTRATION: value })).toThrow(
      new ConfigError(`REGISTRATION is "${value}". Set one of open, invite, closed.`),
    );
  });
});
