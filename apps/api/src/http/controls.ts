import type { FastifyInstance } from 'fastify';

/** DEL and C1, which terminals obey, and what turns the direction of text. JSON itself escapes C0 alone. */
const controls = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** The same JSON, with every control character in its strings escaped: printed, it does nothing to a terminal. */
export const escapeControls = (json: string): string =>
  json.replaceAll(controls, (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** A text of several lines for a terminal, with every other control character in it escaped. */
export const escapeLines = (text: string): string =>
  escapeControls(text.replaceAll(/[^\P{Cc}\n]/gu, (control) => JSON.stringify(control).slice(1, -1)));

/** Escapes control characters in every answer in JSON, whoever wrote them and whenever they were stored. */
export function escapeAnswers(app: FastifyInstance): void {
  app.addHook('onSend', (_request, reply, payload, done) => {
    const isJson = typeof payload === 'string' && /\bjson\b/.test(String(reply.getHeader('content-type')));
    done(null, isJson ? escapeControls(payload) : payload);
  });
}
