/** What `bench/peers/argon2-loop.ts` is asked. */
export interface LoopQuestion {
  /** In PHC string format. */
  hash: string;
  password: string;
  /** Verifications under way at a time. */
  concurrency: number;
  /** Verifications in all. */
  amount: number;
}

/** What the loop took. */
export interface LoopAnswer {
  seconds: number;
  processorMs: number;
}
