import type { Row } from '../lib/row.ts';
import { gate } from './gate.ts';
import { growth } from './growth.ts';
import { lighthouse } from './lighthouse.ts';
import { login } from './login.ts';
import { me } from './me.ts';
import { meBetterAuth } from './me-better-auth.ts';
import { meExpress } from './me-express.ts';
import { meDjango, meFlask } from './me-python.ts';
import { memory } from './memory.ts';
import { noise } from './noise.ts';
import { page } from './page.ts';
import { postgres } from './postgres.ts';
import { start } from './start.ts';
import { storm } from './storm.ts';
import { sweep } from './sweep.ts';
import { verify } from './verify.ts';

/** Every row, in the order of the table. */
export const rows: Row[] = [
  noise,
  me,
  meExpress,
  meBetterAuth,
  meFlask,
  meDjango,
  verify,
  gate,
  login,
  storm,
  growth,
  sweep,
  start,
  memory,
  page,
  lighthouse,
  postgres,
];
