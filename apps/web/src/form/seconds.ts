import { useEffect, useState } from 'react';

/** Whole seconds until a moment, counting down, and 0 from then on. @param at the moment, milliseconds since 1970 */
export function useSecondsUntil(at: number): number {
  const [, tick] = useState(0);
  const seconds = Math.max(0, Math.ceil((at - Date.now()) / 1000));
  const isWaiting = seconds > 0;
  useEffect(() => {
    if (!isWaiting) return;
    const timer = setInterval(() => tick((count) => count + 1), 1000);
    return () => clearInterval(timer);
  }, [isWaiting]);
  return seconds;
}

/**
 * Whether something has been going on for a while.
 * @param isOn whether it goes on now
 * @param afterMs how long the while is, milliseconds
 */
export function useLasting(isOn: boolean, afterMs: number): boolean {
  const [isLong, setIsLong] = useState(false);
  useEffect(() => {
    if (!isOn) return;
    const timer = setTimeout(() => setIsLong(true), afterMs);
    return () => {
      clearTimeout(timer);
      setIsLong(false);
    };
  }, [isOn, afterMs]);
  return isOn && isLong;
}
