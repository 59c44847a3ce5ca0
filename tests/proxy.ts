import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { Agent, request } from 'node:https';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { expect, onTestFinished } from 'vitest';
import { certificate } from './front.ts';

const docs = resolve(import.meta.dirname, '../docs');
const key = join(certificate, '../server.key');

/** A text of a file in the docs, and what stands in its place on this machine. */
type Replacements = (readonly [from: string, to: string])[];

/** The proxies that the docs have files for. Each function writes its configuration. @returns the arguments of the program */
const programs = {
  nginx(dir: string, port: number, file: string, host: string, replacements: Replacements): string[] {
    const site = adapted(file, [
      ...replacements,
      ['listen 443', `listen 127.0.0.1:${port}`],
      [`${host};`, 'localhost;'],
      [`/etc/ssl/${host}.crt`, certificate],
      [`/etc/ssl/${host}.key`, key],
    ]);
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
    const paths = temporary.map((name) => `${name}_temp_path ${dir}/${name};`).join(' ');
    writeFileSync(
      join(dir, 'nginx.conf'),
      `daemon off; worker_processes 1; pid ${dir}/pid; error_log stderr; events {}
       http { access_log off; ${paths} ${site} }`,
    );
    return ['-p', dir, '-c', join(dir, 'nginx.conf')];
  },
  caddy(dir: string, port: number, file: string, host: string, replacements: Replacements): string[] {
    const site = adapted(file, [
      ...replacements,
      [`${host} {`, `localhost:${port} {\n\ttls ${certificate} ${key}`],
    ]);
    writeFileSync(join(dir, 'Caddyfile'), `{\n\tadmin off\n\tauto_https off\n}\n${site}`);
    return ['run', '--adapter', 'caddyfile', '--config', join(dir, 'Caddyfile')];
  },
};

export type ProxyProgram = keyof typeof programs;

/** @returns why a program cannot be run here, for the title of a test; empty where it can. */
export const whyMissing = (program: ProxyProgram): string =>
  spawnSync(program, ['-h']).error === undefined ? '' : ` (${program} is not installed here)`;

/**
 * Runs a proxy with a file from the docs until the test is over.
 * @param file its path, absolute or below `docs`. @param host the one that the file names, in whose place it serves localhost. @param readyPath
 * answers 200 as soon as all is open.
 * @returns a client for it; see {@link talkTo}.
 */
export async function openProxy(
  program: ProxyProgram,
  port: number,
  {
    file,
    host,
    replacements,
    readyPath,
  }: { file: string; host: string; replacements: Replacements; readyPath: string },
) {
  const dir = mkdtempSync(join(tmpdir(), 'coatcheck-proxy-'));
  const proxy = spawn(program, programs[program](dir, port, file, host, replacements), {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, HOME: dir },
  });
  let said = '';
  proxy.stderr.on('data', (chunk) => {
    said += chunk;
  });
  onTestFinished(async () => {
    proxy.kill();
    if (proxy.exitCode === null) await once(proxy, 'exit');
    rmSync(dir, { recursive: true });
  });
  const ask = talkTo(port);
  await expect
    .poll(
      () =>
        ask('GET', readyPath).then(
          (answer) => answer.status,
          () => said,
        ),
      { timeout: 10_000 },
    )
    .toBe(200);
  return ask;
}

/** @returns the file from the docs with this machine's ports and certificate in place of the example's. */
function adapted(file: string, replacements: Replacements): string {
  let text = readFileSync(resolve(docs, file), 'utf8');
  for (const [from, to] of replacements) {
    expect(text).toContain(from);
    text = text.replaceAll(from, to);
  }
  return text;
}

/** @returns a client for the proxy at a port, which speaks TLS. */
function talkTo(port: number) {
  const agent = new Agent({ ca: readFileSync(certificate), keepAlive: true });
  onTestFinished(() => agent.destroy());
  return async (
    method: string,
    path: string,
    headers: OutgoingHttpHeaders = {},
    body?: object | Readable,
  ) => {
    const asked = request(`https://localhost:${port}${path}`, {
      agent,
      method,
      family: 4,
      headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
    });
    if (body instanceof Readable) body.pipe(asked);
    else asked.end(body && JSON.stringify(body));
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    let text = '';
    for await (const chunk of answer) text += chunk;
    return {
      status: answer.statusCode,
      headers: answer.headers,
      text: () => text,
      json: () => JSON.parse(text),
    };
  };
}
