import { useEffect, useState } from 'react';
import { useLanguage, useWords } from '../i18n/words.ts';
import { useVisitor } from '../session/current.ts';
import { ago } from './ago.ts';
import { useAccountWords } from './words.ts';

const minuteMs = 60_000;

/** Writes moments as {@link ago} does, by the server's clock. The component renders again once a minute. */
export function useAgo(): (iso: string) => string {
  const state = useVisitor();
  const language = useLanguage();
  const { clock, day } = useWords();
  const { justNow } = useAccountWords().sessions;
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), minuteMs);
    return () => clearInterval(timer);
  }, []);
  const clockAheadMs = state.is === 'known' ? state.clockAheadMs : 0;
  return (iso) => ago(iso, now + clockAheadMs, language, { justNow, clock, day });
}
