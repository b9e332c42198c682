import { afterEach, expect, it, vi } from 'vitest'

afterEach(() => vi.unstubAllEnvs())

async function readEnv(values: Record<string, string | undefined>) {
  vi.resetModules()
  for (const [name, value] of Object.entries(values)) vi.stubEnv(name, value)
  return (await import('./env')).env()
}

it.each([
  ['PSEUDO_LOCALE', '1'],
  ['APP_NOW', '2026-03-26T10:00:00Z'],
])('takes %s in tests, and refuses it everywhere else', async (name, value) => {
  expect(await readEnv({ [name]: value, APP_ENV: 'test' })).toMatchObject({ [name]: value })
  await expect(readEnv({ [name]: value, APP_ENV: undefined })).rejects.toThrow(name)
})
