import { spawnSync } from 'node:child_process';

const [, major = 0, minor = 0] =
  /^curl (\d+)\.(\d+)/
    .exec(spawnSync('curl', ['--version'], { encoding: 'utf8' }).stdout ?? '')
    ?.map(Number) ?? [];

/** Whether the curl of this machine knows `--json`, which came with 7.82. */
export const hasCurl = major > 7 || (major === 7 && minor >= 82);

/** For the name of a test that is skipped without it. */
export const curlMissing = hasCurl ? '' : ' (skipped: it needs curl 7.82 or newer)';
