import { expect, test } from 'vitest'
import { isLocalHostHeader, readAddress } from './address'

const read = (environment: Record<string, string>) => readAddress(environment as unknown as NodeJS.ProcessEnv)

test('listens on this machine unless told otherwise', () => {
  expect(read({})).toEqual({ host: '127.0.0.1', port: 3000, loopback: true })
  expect(read({ HOST: '::1', PORT: '8080' })).toEqual({ host: '::1', port: 8080, loopback: true })
})

test.each(['0.0.0.0', '::', '192.168.1.5', '127.0.0.1.example.org'])(
  'others can reach %s only when that is wanted',
  (host) => {
    expect(() => read({ HOST: host })).toThrow('There is no sign-in yet')
    expect(read({ HOST: host, ALLOW_OPEN: '1' })).toMatchObject({ host, loopback: false })
  },
)

test.each(['http', '-1', '65536', '80.5'])('%s is no port', (port) => {
  expect(() => read({ PORT: port })).toThrow(`PORT is ${port}`)
})

test.each(['localhost', 'localhost:3000', '127.0.0.1:3000', '[::1]:3000', 'LOCALHOST'])(
  '%s names this machine',
  (header) => {
    expect(isLocalHostHeader(header)).toBe(true)
  },
)

test.each([undefined, '', 'evil.example', 'localhost.evil.example', '127.0.0.1.evil.example:3000', 'evil@localhost'])(
  '%s does not name this machine',
  (header) => {
    expect(isLocalHostHeader(header)).toBe(false)
  },
)
