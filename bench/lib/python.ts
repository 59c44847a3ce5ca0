import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { type Server, startServer } from './processes.ts';

/** Pythons that may have the packages: the one that people type, and the system's own. */
const pythons = ['python3', '/usr/bin/python3'];

/** @returns the first Python that has Gunicorn and a package, with their versions as a text; undefined when none has. */
export function findPython(module: string): { python: string; versions: string } | undefined {
  const program = `import platform, importlib.metadata as m, ${module}, gunicorn
print('Python', platform.python_version() + ', ${module}', m.version('${module}') + ', Gunicorn', gunicorn.__version__)`;
  for (const python of pythons) {
    const { status, stdout } = spawnSync(python, ['-c', program], { encoding: 'utf8' });
    if (status === 0) return { python, versions: stdout.trim() };
  }
  return undefined;
}

/**
 * Starts an application of `bench/peers` behind Gunicorn.
 * @param application the file without its extension, and the name of the WSGI application in it.
 */
export function startGunicorn(
  python: string,
  application: `${string}:${string}`,
  env: Record<string, string>,
): Promise<Server> {
  const [module = ''] = application.split(':');
  const cwd = join(import.meta.dirname, '../peers');
  const args = ['-m', 'gunicorn', '--config', 'gunicorn_conf.py', '--log-level', 'warning', application];
  return startServer({
    command: python,
    args,
    cwd,
    env: { PEER_MODULE: module, PYTHONDONTWRITEBYTECODE: '1', ...env },
  });
}
