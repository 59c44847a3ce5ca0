import { join, resolve } from 'node:path';
import { type Server, startServer } from './processes.ts';

/** The folder of the repository. */
export const repository = resolve(import.meta.dirname, '../..');
/** The server as it is started in production. */
export const entry = join(repository, 'apps/api/server.js');
/** A password that the server takes. */
export const password = 'umbrella left by the door';

/** A running Coatcheck. */
export type Product = Server;

/** How to start a Coatcheck. */
export interface ProductStart {
  /** DATABASE_URL. */
  database: string;
  /** 0: the system picks a free one. */
  port?: number;
  /** Further variables of its environment. */
  env?: Record<string, string>;
  /** Arguments of Node, before the file. */
  nodeArgs?: string[];
}

/** @returns the address of an SQLite file in a folder. */
export const sqliteIn = (folder: string): string => `sqlite:${join(folder, 'coatcheck.db')}`;

/** @returns the command that starts a Coatcheck with its default settings, logging included. */
export function productCommand({ database, port = 0, env = {}, nodeArgs = [] }: ProductStart) {
  return {
    command: process.execPath,
    args: [...nodeArgs, entry],
    cwd: repository,
    env: { DATABASE_URL: database, PORT: String(port), ...env },
  };
}

/** Starts a Coatcheck and waits until it is open. */
export function startProduct(start: ProductStart): Promise<Product> {
  return startServer(productCommand(start), urlInLog);
}

/** The server says its address in a line of its log. */
function urlInLog(line: string): string | undefined {
  if (!line.includes('"sys_startup"')) return undefined;
  return JSON.parse(line).url;
}

/** Somebody who is logged in. */
export interface Member {
  /** The value of the header `cookie`. */
  cookie: string;
  /** What GET /me answers. */
  user: Record<string, unknown>;
}

/** Registers a person. @param url of the server, with the path that it lives below. @throws unless the server says 201. */
export async function register(url: string, username: string): Promise<Member> {
  const response = await fetch(`${url.replace(/\/$/, '')}/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password }),
  });
  if (response.status !== 201) throw new Error(`POST /register answered ${response.status}.`);
  return { cookie: cookieOf(response), user: (await response.json()) as Record<string, unknown> };
}

/** @returns the cookies of a response, as a request sends them back. */
export function cookieOf(response: Response): string {
  const cookies = response.headers.getSetCookie().map((cookie) => cookie.split(';', 1)[0]);
  if (cookies.length === 0) throw new Error(`${response.url} set no cookie.`);
  return cookies.join('; ');
}
