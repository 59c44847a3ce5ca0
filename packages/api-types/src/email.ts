// The check of an email address. The schemas have it as a pattern, and a page makes it before a call.

/** Characters that show nothing or turn text around: controls, blanks, bidirectional marks, zero-width and soft hyphens. */
const unseen =
  '\\u0000-\\u0020\\u007f-\\u00a0\\u00ad\\u061c\\u1680\\u180e\\u2000-\\u200f\\u2028-\\u202f\\u205f-\\u206f\\u3000\\ufeff\\ufff9-\\ufffb';
/** RFC 5322 section 3.2.3, and RFC 6532 section 3.2: printable ASCII but these, and all that is beyond ASCII. */
const atom = `[^"(),.:;<>@\\[\\\\\\]${unseen}]`;
const quoted = `"(?: |[^"\\\\${unseen}]|\\\\[ -~])*"`;
/** RFC 5890 section 2.3.2.1: letters and digits of any script, at both ends of a label. */
const letter = `[^\\u0021-\\u002f:-@\\[-\\u0060{-~${unseen}]`;
const label = `${letter}(?:(?:${letter}|-){0,61}${letter})?`;
const byte = '(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])';
const literal = `\\[(?:${byte}(?:\\.${byte}){3}|IPv6:[0-9A-Fa-f:.]+)\\]`;

/** The pattern of an email address (RFC 5321 section 4.1.2 with RFC 6531 section 3.3), as ECMA-262 in a JSON Schema. */
export const emailPattern = `^(?:${atom}+(?:\\.${atom}+)*|${quoted})@(?:${label}(?:\\.${label})*|${literal})$`;

/** Code points that an email address may have at most. */
export const maxEmailLength = 254;

const shape = /* @__PURE__ */ new RegExp(emailPattern, 'u');

/** Whether a text is written like an email address (see {@link emailPattern}), of any length (see {@link maxEmailLength}). */
export const isEmail = (text: string): boolean => shape.test(text);
