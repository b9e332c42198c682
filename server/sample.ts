import { isEmpty, loadSampleData, type SampleOptions } from '@/prisma/sample/load'

/** Fills an empty database with sample data, arranged around `now` or the present; false when it is not empty. */
export async function loadSampleIfEmpty(
  url: string,
  mentors: string | undefined,
  log: (message: string) => void,
  now?: string,
): Promise<boolean> {
  const size = sizeOf(mentors)
  if (!(await isEmpty(url))) return false
  const loaded = await loadSampleData(url, { ...size, ...(now !== undefined && { now }) })
  log(`Loaded sample data: ${loaded.mentors} mentors.`)
  return true
}

/** `--mentors` as the option of the loader. Throws a sentence for people. */
function sizeOf(mentors: string | undefined): Pick<SampleOptions, 'mentors'> {
  if (mentors === undefined) return {}
  const size = Number(mentors)
  if (!Number.isInteger(size) || size < 1)
    throw new Error(`--mentors is ${mentors}, but it has to be a whole number above 0.`)
  return { mentors: size }
}
