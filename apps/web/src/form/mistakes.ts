import type { Circumstances, Words } from '../i18n/en/page.ts';
import type { Fault, Refusal } from '../session/failure.ts';

/** Which input stands for which part of the request: `{'#/username': 'username'}`. */
export type Inputs = Readonly<Record<string, string>>;

/** One sentence of the error summary. */
export interface Mistake {
  words: string;
  /** The ids of the inputs it is about, none when it is about the whole form. The first one shows the words. */
  inputs: readonly string[];
}

const names = {
  '#/username': 'username',
  '#/password': 'password',
  '#/currentPassword': 'password',
  '#/newPassword': 'password',
  '#/email': 'email',
  '#/displayName': 'name',
} as const;

/**
 * Puts a refusal into words, each beside the input it is about.
 *
 * @param username as it was typed
 * @param seconds until trying again makes sense
 */
export function mistakesOf(
  { failure }: Refusal,
  inputs: Inputs,
  username: string,
  seconds: number,
  words: Words,
): Mistake[] {
  if (failure.type === 'mistyped' || failure.type === '/problems/invalid-request') {
    return failure.errors.map((fault) => ofFault(fault, inputs, username, words));
  }
  const sentence = sentenceOf(failure, { username: username.toLowerCase(), seconds, byItself: false }, words);
  return [{ words: sentence, inputs: aboutInputs(failure.type, inputs) }];
}

/** What went wrong with a question that the page asks again by itself: a whole sentence. */
export function troubleOf({ failure }: Refusal, words: Words): string {
  if ('errors' in failure) return `${words.mismatch}.`;
  const sentence = sentenceOf(failure, { username: '', seconds: 0, byItself: true }, words);
  return sentence.endsWith('.') ? sentence : `${sentence}.`;
}

function sentenceOf(
  failure: Sentenced,
  circumstances: Omit<Circumstances, 'detail' | 'status'>,
  words: Words,
): string {
  const detail = isProblem(failure) ? failure.detail : '';
  const status = failure.type === 'foreign-answer' ? failure.status : undefined;
  const of = { ...circumstances, detail, status };
  return isProblem(failure) ? words.problems[slugOf(failure.type)](of) : words.failures[failure.type](of);
}

function ofFault(fault: Fault, inputs: Inputs, username: string, words: Words): Mistake {
  const input = inputs[fault.pointer];
  const name = names[fault.pointer as keyof typeof names];
  // A rule that no form of ours can break means that page and server are of different age.
  const sentence = input && name && words.fields[name][fault.rule];
  if (!sentence) return { words: words.mismatch, inputs: [] };
  return { words: sentence(fault, username), inputs: [input] };
}

function aboutInputs(type: string, inputs: Inputs): string[] {
  const of = (pointers: string[]) => pointers.flatMap((pointer) => inputs[pointer] ?? []);
  if (type === '/problems/username-taken') return of(['#/username']);
  if (type === '/problems/wrong-password') return of(['#/currentPassword', '#/password']);
  if (type === '/problems/invalid-credentials') return of(['#/username', '#/password']);
  return [];
}

type Sentenced = Exclude<Refusal['failure'], { errors: unknown }>;
type ProblemType = Extract<Sentenced['type'], `/problems/${string}`>;

function isProblem(failure: Sentenced): failure is Extract<Sentenced, { type: ProblemType }> {
  return failure.type.startsWith('/problems/');
}

function slugOf<Slug extends string>(type: `/problems/${Slug}`) {
  return type.slice('/problems/'.length) as Slug;
}
