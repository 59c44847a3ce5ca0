import { createClient } from '@coatcheck/api-types';
import { useSyncExternalStore } from 'react';
import { openSession } from './session.ts';

/** This page's session state; there is one. */
export const session = openSession(createClient({ baseUrl: import.meta.env.VITE_API_URL ?? '' }));

/** What this page knows about who holds its cookie, now and whenever it changes. */
export const useStanding = () => useSyncExternalStore(session.subscribe, session.now);
