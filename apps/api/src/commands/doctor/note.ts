import type { Link } from './chain.ts';
import type { Fault } from './faults.ts';

/** Notes that a link was looked at, and the fault that was found. @returns whether it is broken */
export type Note = (link: Link, found: Fault | undefined) => boolean;
