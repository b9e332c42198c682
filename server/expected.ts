/** Errors made for people are plain ones; those of PostgreSQL and of the language need their stack. */
export function isExpected(error: unknown): error is Error {
  return error instanceof Error && error.name === 'Error' && !('severity' in error)
}
