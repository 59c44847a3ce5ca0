import type { Exchange } from '../recording/exchange.ts';
import { isLogIn } from '../recording/response.ts';

/** The steps of the lesson, in the order in which they are taken. */
export const stepNames = ['visit', 'remember', 'register', 'logIn', 'row', 'end', 'logOut'] as const;

/** The name of a step of the lesson. */
export type StepName = (typeof stepNames)[number];

/**
 * The steps that exchanges show. The step about the end of a session is not among them: there is nothing to do, only to read.
 * @param before the steps that were taken before these exchanges
 */
export function stepsTaken(exchanges: Exchange[], before: StepName[]): StepName[] {
  const answered = exchanges.filter(({ status }) => status && status < 300);
  const all = (method: string, path: string) =>
    answered.filter((exchange) => exchange.method === method && exchange.path === path);
  const looks = all('GET', '/session');
  const login = answered.filter(isLogIn).at(-1)?.number ?? (before.includes('logIn') ? 0 : undefined);
  const isAfterLogin = ({ number }: Exchange) => login !== undefined && number > login;
  const isTaken: Record<StepName, boolean> = {
    visit: looks.some(({ sent }) => !sent),
    remember: all('PATCH', '/session').some(({ told }) => told?.session),
    // A visitor with an account has registered, here or earlier.
    register: looks.some(({ told }) => told?.user),
    logIn: login !== undefined,
    // The page itself looks once right after the login.
    row: looks.filter((look) => isAfterLogin(look) && look.told?.user).length > 1,
    end: false,
    logOut: all('POST', '/logout').some(isAfterLogin),
  };
  return stepNames.filter((name) => isTaken[name]);
}
