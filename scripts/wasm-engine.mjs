// Prisma's schema engine as WebAssembly, in this process, over the driver adapter for `pg`.
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { PrismaPg } from '@prisma/adapter-pg'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg'
import pg from 'pg'

const INTERNAL_CHAR = 18
const TEXT = 25
const CHARACTER_COLUMN = 6

/** The engine for one database. `datamodels` are pairs of file name and content. */
export async function openEngine(url, datamodels) {
  globalThis.PRISMA_WASM_PANIC_REGISTRY = {
    set_message: (message) => console.error(`The schema engine failed: ${message}`),
  }
  const resolved = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg')
  const code = readFileSync(path.join(path.dirname(resolved), 'schema_engine_bg.wasm'))
  const { instance } = await WebAssembly.instantiate(code, { './schema_engine_bg.js': bindings })
  bindings.__wbg_set_wasm(instance.exports)
  instance.exports.__wbindgen_start()
  return bindings.SchemaEngine.new({ datamodels }, () => {}, adapterFactory(url))
}

function adapterFactory(url) {
  const main = new PrismaPg({ connectionString: url, max: 1 })
  return bindMigrationAwareSqlAdapterFactory({
    provider: main.provider,
    adapterName: main.adapterName,
    connect: async () => mend(await main.connect()),
    connectToShadowDb: () => connectToShadow(url),
  })
}

// The adapter's own shadow connection ignores the other name where it is given an address, and empties the main database.
async function connectToShadow(url) {
  const name = `prisma_migrate_shadow_db_${randomUUID()}`
  await runOn(url, `CREATE DATABASE "${name}" TEMPLATE template0`)
  const shadowUrl = new URL(url)
  shadowUrl.pathname = `/${name}`
  const shadow = mend(await new PrismaPg({ connectionString: shadowUrl.href, max: 1 }).connect())
  const dispose = shadow.dispose.bind(shadow)
  shadow.dispose = async () => {
    await dispose()
    await runOn(url, `DROP DATABASE "${name}" WITH (FORCE)`)
  }
  return shadow
}

export async function runOn(url, statement) {
  const db = new pg.Client({ connectionString: url })
  await db.connect()
  try {
    await db.query(statement)
  } finally {
    await db.end()
  }
}

function mend(adapter) {
  // The adapter refuses PostgreSQL's internal type "char", which the engine's questions to the catalogue return.
  const performIO = adapter.performIO.bind(adapter)
  const queryRaw = adapter.queryRaw.bind(adapter)
  let characters = []
  adapter.performIO = async (query) => {
    const result = await performIO(query)
    const fields = result.fields ?? []
    characters = fields.flatMap((field, index) => (field.dataTypeID === INTERNAL_CHAR ? [index] : []))
    for (const index of characters) fields[index].dataTypeID = TEXT
    return result
  }
  adapter.queryRaw = async (query) => {
    const result = await queryRaw(query)
    for (const index of characters) result.columnTypes[index] = CHARACTER_COLUMN
    return result
  }
  // The adapter cuts scripts at every semicolon, also within the bodies of functions.
  if (adapter.executeScript) {
    adapter.executeScript = async (script) => {
      try {
        await adapter.underlyingDriver().query(script)
      } catch (error) {
        adapter.onError(error)
      }
    }
  }
  if (adapter.startTransaction) {
    const startTransaction = adapter.startTransaction.bind(adapter)
    adapter.startTransaction = async (level) => mend(await startTransaction(level))
  }
  return adapter
}
