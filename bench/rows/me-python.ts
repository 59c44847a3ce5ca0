import { loggedIn, meBeside, whatMeIs } from '../lib/me-beside.ts';
import { findPython, startGunicorn } from '../lib/python.ts';
import { sideBySide } from '../lib/rounds.ts';
import type { Row } from '../lib/row.ts';

/** GET /me beside Flask. */
export const meFlask = pythonRow(
  'flask',
  'flask_app:app',
  'Flask with the signed cookie and the look-up of the user that its tutorial has',
  "Flask's cookie names the user and is not looked up, so that a copy of it stays good after a logout.",
);

/** GET /me beside Django. */
export const meDjango = pythonRow(
  'django',
  'django_app:application',
  'Django with its own accounts and its sessions in SQLite',
  'Session and user are looked up for each request.',
);

function pythonRow(module: string, application: `${string}:${string}`, against: string, note: string): Row {
  const name = `me-${module}`;
  return {
    name,
    async measure(bench) {
      const found = findPython(module);
      if (!found) return { leftOut: `no python3 of this machine has ${module} and gunicorn.` };
      const { python, versions } = found;
      const rounds = await meBeside(bench, {
        python: async (user) =>
          loggedIn(await startGunicorn(python, application, { PEER_USER: user, PEER_FOLDER: bench.folder })),
      });
      return [
        {
          name,
          what: whatMeIs,
          against: `${against}, behind Gunicorn (${versions})`,
          unit: 'requests/s',
          rounds: sideBySide(rounds, 'coatcheck', 'python'),
          notes: [
            note,
            'Gunicorn runs two processes for each core, as it recommends, of the kind that keeps connections open, with four threads each; Coatcheck is one process.',
          ],
        },
      ];
    },
  };
}
