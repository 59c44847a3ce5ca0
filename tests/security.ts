import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

export const securityPolicy = readFileSync(resolve(import.meta.dirname, '../SECURITY.md'), 'utf8');

/** Whether whoever publishes this has put an address for reports in the place of the word that stands for it. */
export const hasContact = !securityPolicy.includes('SECURITY_CONTACT');
