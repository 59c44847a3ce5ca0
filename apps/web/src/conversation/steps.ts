import type { Exchange } from './exchange.ts';

/** The steps of the lesson, in the order in which they are taken. */
export const stepNames = ['visit', 'remember', 'register', 'logIn', 'row', 'logOut', 'end'] as const;

/** One step of the lesson. */
export type StepName = (typeof stepNames)[number];

/** The steps that exchanges show; the last one takes more time than anybody has. @param before those taken earlier */
export function stepsTaken(exchanges: Exchange[], before: StepName[]): StepName[] {
  const answered = exchanges.filter(({ status }) => status && status < 300);
  const all = (method: string, path: string) =>
    answered.filter((exchange) => exchange.method === method && exchange.path === path);
  const looks = all('GET', '/session');
  const login = all('POST', '/login').at(-1)?.number ?? (before.includes('logIn') ? 0 : undefined);
  const isAfterLogin = ({ number }: Exchange) => login !== undefined && number > login;
  const isTaken: Record<StepName, boolean> = {
    visit: looks.some(({ sent }) => !sent),
    remember: all('PATCH', '/session').some(({ told }) => told?.session),
    // Whoever is known by name has registered, here or before.
    register: looks.some(({ told }) => told?.user),
    logIn: login !== undefined,
    // The first look is the page's own, right after the login.
    row: looks.filter((look) => isAfterLogin(look) && look.told?.user).length > 1,
    logOut: all('POST', '/logout').some(isAfterLogin),
    end: false,
  };
  return stepNames.filter((name) => isTaken[name]);
}
