import { createClient } from '@coatcheck/api-types';
import { useSyncExternalStore } from 'react';
import { openSession } from './session.ts';

/** The way to the server. */
export const client = createClient({ baseUrl: import.meta.env.VITE_API_URL ?? '' });

/** This page's session state; there is one. */
export const session = openSession(client);

/** What this page knows about who holds its cookie, now and whenever it changes. */
export const useStanding = () => useSyncExternalStore(session.subscribe, session.now);
