import { createClient, type House } from '@coatcheck/api-types';
import { useSyncExternalStore } from 'react';
import { basePath } from '../browser/base-path.ts';
import type { Next } from '../browser/next.ts';
import { createVisitor } from './visitor.ts';
import type { VisitorState } from './visitor-state.ts';

/** The URL of the server, without a slash at its end: an origin, a path of this page's origin, or an empty string for its root. */
export const baseUrl: string = import.meta.env.VITE_API_URL ?? basePath;

const server = new URL(baseUrl || '/', window.location.href);

/** The server's origin. */
export const serverOrigin = server.origin;

/** The server's URL, whole: its origin, and the path that everything lies below. */
export const serverUrl = server.href.replace(/\/$/, '');

let send: typeof fetch = (...call) => fetch(...call);

/** Sends every later call of this page through another `fetch`, which can watch the calls. */
export function sendThrough(another: typeof fetch): void {
  send = another;
}

/** The client through which this page calls the server. */
export const client = createClient({ baseUrl, fetch: (...call) => send(...call) });

/** The visitor of this page; there is one. */
export const visitor = createVisitor(client);

/** The state of this page's visitor. The component renders again whenever it changes. */
export const useVisitor = (): VisitorState => useSyncExternalStore(visitor.subscribe, visitor.now);

// The server writes it into the page that it sends, so that the first pixels are right.
const meta = document.querySelector<HTMLMetaElement>('meta[name=house]');
const houseOfPage: House | undefined = meta ? JSON.parse(meta.content) : undefined;

/** Whose server this is. Undefined: the server has not told yet. */
export const useHouse = (): House | undefined => {
  const state = useVisitor();
  return state.is === 'known' ? state.conversation.house : houseOfPage;
};

/** The start page of the app that this server stands in front of. Undefined: of none, or the server has not told yet. */
export const useApp = (): Next | undefined => {
  const app = useHouse()?.app;
  return app ? { href: new URL(app, serverOrigin).href } : undefined;
};
