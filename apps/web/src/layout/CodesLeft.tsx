import type { ReactNode } from 'react';
import './warning.css';

/** With this many recovery codes left, or fewer, the page warns that it is time for new ones. */
const fewCodes = 3;

interface CodesLeftProps {
  left: number;
  /** How many are left, in words. */
  children: ReactNode;
  /** What a person does who has few. */
  few: ReactNode;
}

/** How many recovery codes are left. Where these are few, it is a warning. */
export function CodesLeft({ left, few, children }: CodesLeftProps) {
  if (left > fewCodes) return <p>{children}</p>;
  return (
    <p className="warning">
      <b>{children}</b> <span>{few}</span>
    </p>
  );
}
