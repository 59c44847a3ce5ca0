import type { Circumstances, FieldSentences, Words } from '../i18n/en/page.ts';
import type { Failure, ValidationError } from '../session/failure.ts';

/** The id of the input for each part of the request, by its JSON pointer (RFC 6901): `{'#/username': 'username'}`. */
export type Inputs = Readonly<Record<string, string>>;

/** A sentence of the error summary. */
export interface Mistake {
  words: string;
  /** The ids of the inputs that the sentence is about. The first input shows it. Empty: it is about the whole form. */
  inputs: readonly string[];
}

/** Sentences about failures in place of the usual ones, by the types of the failures. */
export type SentencesOfFailures = Readonly<Partial<Record<Failure['type'], string>>>;

/** The sentences about fields, by the names of the fields in the request. */
export type SentencesOfFields = Readonly<Record<string, FieldSentences>>;

/**
 * Puts a failure into sentences, each beside the input that it is about.
 *
 * @param username the username as it was typed
 * @param seconds until a new try makes sense; 0: at once
 * @param ownFields the sentences about fields that no other form has
 * @param ownFailures the sentences about failures that mean something else in this form
 */
export function mistakesOf(
  failure: Failure,
  inputs: Inputs,
  username: string,
  seconds: number,
  words: Words,
  ownFields: SentencesOfFields = {},
  ownFailures: SentencesOfFailures = {},
): Mistake[] {
  if (failure.type === 'mistyped' || failure.type === '/problems/invalid-request') {
    const { password } = words.fields;
    const fields = { ...words.fields, currentPassword: password, newPassword: password, ...ownFields };
    return failure.errors.map(
      (error) => mistakeOf(error, inputs, username, fields) ?? { words: words.mismatch, inputs: [] },
    );
  }
  const sentence =
    ownFailures[failure.type] ??
    sentenceOf(failure, { username: username.toLowerCase(), seconds, byItself: false }, words);
  return [{ words: sentence, inputs: inputsOf(failure.type, inputs) }];
}

/** The sentence for the failure of a call that this page tries again by itself, with a full stop at its end. */
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
  // The forms that meet these have sentences of their own.
  if (failure.type === 'no-passkey' || failure.type === '/problems/link-void') return words.mismatch;
  const detail = isProblem(failure) ? failure.detail : '';
  const status = failure.type === 'foreign-answer' ? failure.status : undefined;
  const all = { ...circumstances, detail, status };
  return isProblem(failure) ? words.problems[slugOf(failure.type)](all) : words.failures[failure.type](all);
}

/**
 * @returns undefined for a rule that this page has no sentence for. Only a server of another version has such a rule.
 */
function mistakeOf(
  error: ValidationError,
  inputs: Inputs,
  username: string,
  fields: SentencesOfFields,
): Mistake | undefined {
  const input = inputs[error.pointer];
  const sentence = input && fields[error.pointer.slice('#/'.length)]?.[error.rule];
  return sentence ? { words: sentence(error, username), inputs: [input] } : undefined;
}

/** The inputs that a problem of this type is about. */
function inputsOf(type: string, inputs: Inputs): string[] {
  const at = (pointers: string[]) => pointers.flatMap((pointer) => inputs[pointer] ?? []);
  if (type === '/problems/username-taken') return at(['#/username']);
  if (type === '/problems/wrong-password') return at(['#/currentPassword', '#/password']);
  if (type === '/problems/invalid-credentials') return at(['#/code', '#/username', '#/password']);
  return [];
}

/** Failures that one sentence tells; the others have a sentence for each rule that is broken. */
type SentenceFailure = Exclude<Failure, { errors: unknown }>;
type ProblemType = Exclude<Extract<SentenceFailure['type'], `/problems/${string}`>, '/problems/link-void'>;

function isProblem(failure: SentenceFailure): failure is Extract<SentenceFailure, { type: ProblemType }> {
  return failure.type.startsWith('/problems/');
}

function slugOf<Slug extends string>(type: `/problems/${Slug}`) {
  return type.slice('/problems/'.length) as Slug;
}
