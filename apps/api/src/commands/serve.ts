import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { installation, repository } from '../installation.ts';

/**
 * Serves until the process is asked to stop. In the repository, the page is built first where its sources changed.
 * @param inFrontOf the origin of an app to stand in front of, in place of IN_FRONT_OF.
 */
export async function serve(inFrontOf: string | undefined): Promise<void> {
  if (inFrontOf !== undefined) process.env.IN_FRONT_OF = inFrontOf;
  if (installation === repository) {
    const build = join(repository.folder, 'apps/web/build-changed.ts');
    execFileSync(process.execPath, [build], { stdio: ['ignore', process.stderr, 'inherit'] });
  }
  await import('../server.ts');
}
