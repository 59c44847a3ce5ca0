import 'react';

declare global {
  interface ImportMetaEnv {
    /** Where the API is when it is not this page's own origin, `http://localhost:3000`. */
    readonly VITE_API_URL?: string;
  }
}

declare module 'react' {
  interface InputHTMLAttributes<T> extends React.HTMLAttributes<T> {
    /** What a generated password must satisfy, for password managers (Apple's password rules). */
    passwordrules?: string | undefined;
  }
}
