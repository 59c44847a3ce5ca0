import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** The place of a database: the absolute path of a SQLite file, or a PostgreSQL server. */
export type DatabaseAddress = { path: string } | PostgresAddress;

/** The parameters of a connection to PostgreSQL. The driver takes missing ones from the usual `PG…` variables. */
export interface PostgresAddress {
  /** A host name, an IP address, or the folder of a Unix socket. */
  host: string;
  port: number;
  database: string;
  user?: string;
  password?: string;
  /** False: the connection is not encrypted. `ca`: the certificates, in PEM, that the server's is checked against. */
  ssl: false | { rejectUnauthorized: boolean; ca?: string };
}

/**
 * `message` says what is wrong with an address, `right` what would be right. Neither repeats the address, since it may
 * hold a password.
 */
export class UnusableAddress extends Error {
  readonly right: string;
  constructor(wrong: string, right: string) {
    super(wrong);
    this.right = right;
  }
}

/**
 * Reads `sqlite:PATH` or `postgres://USER:PASSWORD@HOST:PORT/DATABASE`.
 * @param from the folder in which relative paths start.
 * @throws {UnusableAddress} when the text is no such address, or names a certificate that cannot be used.
 */
export function readDatabaseUrl(text: string, from: string): DatabaseAddress {
  const path = /^sqlite:(.+)$/.exec(text)?.[1];
  if (path?.includes(':memory:')) {
    throw new UnusableAddress('keeps nothing (:memory:)', 'Set a file, like sqlite:data/coatcheck.db.');
  }
  if (path?.match(/^\/\/[^/]/)) {
    throw new UnusableAddress(
      'has //, which would begin a host name',
      'Set sqlite:PATH, like sqlite:data/coatcheck.db or sqlite:/var/lib/coatcheck.db.',
    );
  }
  if (path) return { path: resolve(from, path) };
  if (/^postgres(ql)?:/.test(text)) return readPostgresUrl(text, from);
  throw new UnusableAddress(
    'is not the URL of a database',
    'Set sqlite:PATH, like sqlite:data/coatcheck.db, or postgres://USER@HOST:5432/DATABASE.',
  );
}

/** @returns an address for people to read: it names the database and has no password. */
export function withoutPassword(address: DatabaseAddress): string {
  if ('path' in address) return `sqlite:${address.path}`;
  const { host, port, database, user } = address;
  const name = encodeURIComponent(database);
  const who = user === undefined ? '' : `${encodeURIComponent(user)}@`;
  if (host.startsWith('/')) return `postgres://${who}/${name}?host=${encodeURI(host)}`;
  return `postgres://${who}${host.includes(':') ? `[${host}]` : host}:${port}/${name}`;
}

function readPostgresUrl(text: string, from: string): PostgresAddress {
  // The host may be empty: the folder of a socket does not fit between the slashes, and comes as a parameter.
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const database = url && decoded(url.pathname.slice(1));
  if (!url || !database || database.includes('/')) {
    throw new UnusableAddress(
      'is not the URL of a PostgreSQL database',
      'Set postgres://USER:PASSWORD@HOST:5432/DATABASE, with %-codes for special characters in the password.',
    );
  }
  const unknown = [...url.searchParams.keys()].find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new UnusableAddress(
      `has the parameter ${JSON.stringify(unknown)}`,
      `Known are ${known.join(', ')}.`,
    );
  }
  const host = url.searchParams.get('host') ?? (url.hostname.replace(/^\[|\]$/g, '') || 'localhost');
  return {
    host,
    port: Number(url.port || 5432),
    database,
    ...(url.username && { user: decoded(url.username) }),
    ...(url.password && { password: decoded(url.password) }),
    ssl: readTls(url.searchParams, host, from),
  };
}

const known = ['host', 'sslmode', 'sslrootcert'];

/** A server on another machine has to prove its identity, unless the address says otherwise. */
function readTls(parameters: URLSearchParams, host: string, from: string): PostgresAddress['ssl'] {
  const local = host.startsWith('/') || ['localhost', '127.0.0.1', '::1'].includes(host);
  const mode = parameters.get('sslmode') ?? (local ? 'disable' : 'verify-full');
  const file = parameters.get('sslrootcert');
  switch (mode) {
    case 'disable':
      return false;
    case 'no-verify':
      return { rejectUnauthorized: false };
    case 'require':
    case 'verify-ca':
    case 'verify-full':
      return { rejectUnauthorized: true, ...(file && { ca: certificates(resolve(from, file)) }) };
    default:
      throw new UnusableAddress(
        `has sslmode=${JSON.stringify(mode)}`,
        'Set verify-full (the default for remote hosts), or no-verify or disable where the network itself is safe.',
      );
  }
}

/**
 * Reads the certificates of a PEM file. A broken certificate is refused here, since TLS would skip it in silence and
 * then trust no server.
 */
function certificates(file: string): string {
  const refuse = (wrong: string) =>
    new UnusableAddress(
      `names the certificate ${JSON.stringify(file)}, ${wrong}`,
      'Set the path of a PEM file.',
    );
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw refuse(code === 'ENOENT' ? 'which does not exist' : `which cannot be read (${code})`);
  }
  const found = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g);
  if (!found?.every(isCertificate)) throw refuse('which holds no certificate in PEM, or a broken one');
  return found.join('\n');
}

function isCertificate(pem: string): boolean {
  try {
    return Boolean(new X509Certificate(pem));
  } catch {
    return false;
  }
}

const decoded = (part: string) => {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
};
