import type { Row } from '../lib/row.ts';
import { login } from './login.ts';
import { me } from './me.ts';
import { memory } from './memory.ts';
import { start } from './start.ts';

/** Every row, in the order of the table. */
export const rows: Row[] = [me, login, start, memory];
