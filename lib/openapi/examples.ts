import examples from '@/lib/openapi/contract-examples.json'

export interface ContractExample {
  readonly request?: unknown
  readonly response: unknown
}

const anonymous = (path: string) => path.replace(/:\w+/g, ':')
const byEndpoint = new Map<string, ContractExample>(
  examples.map((example) => [`${example.method} ${anonymous(example.path)}`, example]),
)

/** The contract's own example of an endpoint. `path` as in the route table, whatever its parameters are called. */
export function contractExample(method: string, path: string): ContractExample | undefined {
  return byEndpoint.get(`${method} ${anonymous(path)}`)
}
