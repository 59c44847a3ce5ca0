/** An error as the log shows it. */
type LoggedError = {
  type: string;
  code?: string;
  message: string;
  /** The frames of the stack, one a line. */
  stack: string;
  cause?: LoggedError;
  /** The errors that an AggregateError stands for. */
  errors?: LoggedError[];
  /** The place that PostgreSQL names. */
  table?: string;
  column?: string;
  constraint?: string;
};

/** Errors that may be nested in one another before the rest is left out. */
const maxDepth = 4;

/**
 * Describes an error by a closed list of its properties. The log gets no other property of a driver's error: PostgreSQL
 * quotes the row that was refused in `detail` and `where`, and a value in `message`.
 */
export function describeError(error: unknown, depth = 1): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, message: 'Not an Error was thrown', stack: '' };
  const { name, message, code, cause, errors, table, column, constraint, routine } = error as DriverError;
  const inner = (value: unknown) => describeError(value, depth + 1);
  return {
    type: error.constructor.name || name,
    ...(typeof code === 'string' && { code }),
    message: routine === undefined ? message : `PostgreSQL refused it (${code}, ${routine})`,
    stack: framesOf(error),
    ...(table !== undefined && { table }),
    ...(column !== undefined && { column }),
    ...(constraint !== undefined && { constraint }),
    ...(cause !== undefined && depth < maxDepth && { cause: inner(cause) }),
    ...(Array.isArray(errors) && depth < maxDepth && { errors: errors.map(inner) }),
  };
}

/** An error with the properties that drivers add. Only errors from PostgreSQL itself have `routine`. */
interface DriverError extends Error {
  code?: unknown;
  errors?: unknown;
  table?: string;
  column?: string;
  constraint?: string;
  routine?: string;
}

/** The stack without its first lines, which repeat the message. */
function framesOf({ stack = '' }: Error): string {
  const lines = stack.split('\n');
  return lines
    .filter((line) => /^ {4}at /.test(line))
    .map((line) => line.trim())
    .join('\n');
}
