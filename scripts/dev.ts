// pnpm dev: the API with reload and Vite with hot reload, each on an origin of its own. When one ends, so does the other.
import { type ChildProcess, spawn } from 'node:child_process';
import { join, resolve } from 'node:path';

const repository = resolve(import.meta.dirname, '..');
const web = join(repository, 'apps/web');
const port = process.env.PORT || '3000';

const programs = [
  spawn(process.execPath, ['--watch', '--watch-preserve-output', 'apps/api/src/server.ts'], {
    cwd: repository,
    stdio: 'inherit',
    env: { ALLOWED_ORIGINS: 'http://localhost:5173', ...process.env, PORT: port },
  }),
  spawn(process.execPath, [join(web, 'node_modules/vite/bin/vite.js'), '--port', '5173', '--strictPort'], {
    cwd: web,
    stdio: 'inherit',
    env: { ...process.env, VITE_API_URL: `http://localhost:${port}` },
  }),
];

const running = (program: ChildProcess) => program.exitCode === null && program.signalCode === null;
const end = () => {
  for (const program of programs) if (running(program)) program.kill('SIGTERM');
};

let asked = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    asked = true;
    end();
  });
}
for (const program of programs) {
  program.on('exit', () => {
    if (!asked) process.exitCode = 1;
    end();
  });
}
