import type { Circumstances, Words } from '../i18n/en/page.ts';
import type { Failure, ValidationError } from '../session/failure.ts';

/** Which input stands for which part of the request, by its JSON pointer (RFC 6901): `{'#/username': 'username'}`. */
export type Inputs = Readonly<Record<string, string>>;

/** One sentence of the error summary. */
export interface Mistake {
  words: string;
  /** The ids of the inputs that the sentence is about. The first input shows it. None: it is about the whole form. */
  inputs: readonly string[];
}

const fieldNames = {
  '#/username': 'username',
  '#/password': 'password',
  '#/currentPassword': 'password',
  '#/newPassword': 'password',
  '#/email': 'email',
  '#/displayName': 'name',
} as const;

/**
 * Puts a failure into sentences, each beside the input that it is about.
 *
 * @param username the username as it was typed
 * @param seconds until a new try makes sense; 0: at once
 */
export function mistakesOf(
  failure: Failure,
  inputs: Inputs,
  username: string,
  seconds: number,
  words: Words,
): Mistake[] {
  if (failure.type === 'mistyped' || failure.type === '/problems/invalid-request') {
    return failure.errors.map((error) => mistakeOf(error, inputs, username, words));
  }
  const sentence = sentenceOf(failure, { username: username.toLowerCase(), seconds, byItself: false }, words);
  return [{ words: sentence, inputs: inputsOf(failure.type, inputs) }];
}

/** The sentence for the failure of a call that this page tries again by itself. It ends with a full stop. */
export function failureSentence(failure: Failure, words: Words): string {
  if ('errors' in failure) return `${words.mismatch}.`;
  const sentence = sentenceOf(failure, { username: '', seconds: 0, byItself: true }, words);
  return sentence.endsWith('.') ? sentence : `${sentence}.`;
}

function sentenceOf(
  failure: SentenceFailure,
  circumstances: Omit<Circumstances, 'detail' | 'status'>,
  words: Words,
): string {
  const detail = isProblem(failure) ? failure.detail : '';
  const status = failure.type === 'foreign-answer' ? failure.status : undefined;
  const all = { ...circumstances, detail, status };
  return isProblem(failure) ? words.problems[slugOf(failure.type)](all) : words.failures[failure.type](all);
}

function mistakeOf(error: ValidationError, inputs: Inputs, username: string, words: Words): Mistake {
  const input = inputs[error.pointer];
  const name = fieldNames[error.pointer as keyof typeof fieldNames];
  // This page has words for every rule that its own version of the server has. Another rule comes from another version.
  const sentence = input && name && words.fields[name][error.rule];
  if (!sentence) return { words: words.mismatch, inputs: [] };
  return { words: sentence(error, username), inputs: [input] };
}

/** The inputs that a problem of this type is about. */
function inputsOf(type: string, inputs: Inputs): string[] {
  const at = (pointers: string[]) => pointers.flatMap((pointer) => inputs[pointer] ?? []);
  if (type === '/problems/username-taken') return at(['#/username']);
  if (type === '/problems/wrong-password') return at(['#/currentPassword', '#/password']);
  if (type === '/problems/invalid-credentials') return at(['#/username', '#/password']);
  return [];
}

/** Failures that one sentence tells; the others have a sentence for each rule that is broken. */
type SentenceFailure = Exclude<Failure, { errors: unknown }>;
type ProblemType = Extract<SentenceFailure['type'], `/problems/${string}`>;

function isProblem(failure: SentenceFailure): failure is Extract<SentenceFailure, { type: ProblemType }> {
  return failure.type.startsWith('/problems/');
}

function slugOf<Slug extends string>(type: `/problems/${Slug}`) {
  return type.slice('/problems/'.length) as Slug;
}
