/** Runs once where Next starts the process (`npx next dev`, `npx next start`); our own server has done all of this before. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs' || process.env.NEXT_PHASE === 'phase-production-build') return
  const { startBesideNext } = await import('./server/beside-next')
  await startBesideNext()
}
