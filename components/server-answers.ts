/** Whether the server can be reached: having a page drawn anew in vain would leave it. */
export async function serverAnswers(): Promise<boolean> {
  const answer = await fetch('/healthz', { cache: 'no-store' }).catch(() => null)
  return answer?.ok ?? false
}
