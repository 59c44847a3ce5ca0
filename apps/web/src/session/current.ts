import { createClient } from '@coatcheck/api-types';
import { useSyncExternalStore } from 'react';
import { createVisitor } from './visitor.ts';

/** Where the server is; empty: where this page came from. */
export const baseUrl: string = import.meta.env.VITE_API_URL ?? '';

/** The server's origin. */
export const serverOrigin = new URL(baseUrl, window.location.href).origin;

let send: typeof fetch = (...call) => fetch(...call);

/** Sends every call of this page another way from now on, for somebody who wants to see them. */
export function sendThrough(another: typeof fetch): void {
  send = another;
}

/** The way to the server. */
export const client = createClient({ baseUrl, fetch: (...call) => send(...call) });

/** The visitor of this page; there is one. */
export const visitor = createVisitor(client);

/** What this page knows about its visitor, now and whenever that changes. */
export const useVisitor = () => useSyncExternalStore(visitor.subscribe, visitor.now);
