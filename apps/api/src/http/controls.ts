import type { FastifyInstance } from 'fastify';

/**
 * DEL and the C1 controls, which terminals execute, line separators, and the bidirectional controls. `JSON.stringify`
 * escapes only C0.
 */
const controls = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/**
 * Escapes the control characters in the strings of a JSON text, so that printing it does nothing to a terminal.
 * @returns JSON of the same value.
 */
export const escapeControls = (json: string): string =>
  json.replaceAll(controls, (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** Escapes every control character but the line breaks of a text for a terminal. */
export const escapeLines = (text: string): string =>
  escapeControls(text.replaceAll(/[^\P{Cc}\n]/gu, (control) => JSON.stringify(control).slice(1, -1)));

/** Escapes control characters in every response in JSON: text that clients sent may hold any, in old rows as well. */
export function escapeAnswers(app: FastifyInstance): void {
  app.addHook('onSend', (_request, reply, payload, done) => {
    const isJson = typeof payload === 'string' && /\bjson\b/.test(String(reply.getHeader('content-type')));
    done(null, isJson ? escapeControls(payload) : payload);
  });
}
