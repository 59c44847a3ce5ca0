interface NoTicketProps {
  /** Whether there was one a moment ago. */
  torn: boolean;
}

/** Where a ticket would lie: an outline, in two pieces when it has just been handed back. */
export function NoTicket({ torn }: NoTicketProps) {
  return (
    <div className={torn ? 'no-ticket torn' : 'no-ticket'} aria-hidden="true">
      <span className="no-number" />
      <span className="no-stub" />
    </div>
  );
}
