#!/usr/bin/env node
// Stands in for Prisma's native schema engine, which is a download: the same JSON-RPC on stdin and stdout.
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { openEngine, runOn } from './wasm-engine.mjs'

const { values, positionals } = parseArgs({
  strict: false,
  allowPositionals: true,
  options: {
    datamodels: { type: 'string', short: 'd', multiple: true },
    datasource: { type: 'string' },
    version: { type: 'boolean', short: 'V' },
  },
})
const { url } = JSON.parse(values.datasource ?? '{}')

async function runCommand(command) {
  const name = pg.escapeIdentifier(databaseName())
  try {
    if (command === 'can-connect-to-database') await runOn(url, 'SELECT 1')
    if (command === 'create-database') await runOn(maintenanceUrl(), `CREATE DATABASE ${name}`)
    if (command === 'drop-database') await runOn(maintenanceUrl(), `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
  } catch (error) {
    const codes = { '3D000': 'P1003', '28P01': 'P1000', '42P04': 'P1009' }
    const fields = { message: error.message || error.code, is_panic: false, error_code: codes[error.code] ?? 'P1001' }
    const timestamp = new Date().toISOString()
    console.error(JSON.stringify({ timestamp, level: 'ERROR', fields, target: 'schema_engine::logger' }))
    process.exitCode = 1
  }
}

async function serve() {
  const datamodels = values.datamodels?.map((file) => [file, readFileSync(file, 'utf8')])
  const opening = openEngine(url, datamodels)
  opening.catch(() => {}) // told to the first who asks
  for await (const line of createInterface({ input: process.stdin })) {
    const { id, method, params = {} } = JSON.parse(line)
    if (!method) continue
    try {
      const engine = await opening
      const result = own[method] ? await own[method](engine, params) : await engine[method](params)
      send({ id, result: result ?? {} })
    } catch (error) {
      const data = { is_panic: false, message: String(error?.message ?? error), meta: null, error_code: error?.code }
      send({ id, error: { code: 4466, message: 'An error happened. Check the data field for details.', data } })
    }
  }
  process.exit()
}

// What the WebAssembly engine does otherwise than the native one.
const own = {
  getDatabaseVersion: (engine) => engine.version(null),
  createDatabase: async () => ({ databaseName: databaseName() }),
  async createMigration(engine, params) {
    const { exitCode, stdout } = await diffToSchema(engine, params)
    const time = new Date().toISOString().replace(/\D/g, '').slice(0, 14)
    const name = params.migrationName.toLowerCase().match(/[a-z0-9]+/g) ?? []
    return {
      connectorType: 'postgresql',
      extension: 'sql',
      generatedMigrationName: [time, ...name].join('_'),
      migrationScript: exitCode === 0 && !params.draft ? null : stdout,
    }
  },
  async evaluateDataLoss(engine, params) {
    const { exitCode, stdout } = await diffToSchema(engine, params)
    const drops = (stdout ?? '').match(/^.*\bDROP (TABLE|COLUMN).*$/gim) ?? []
    const warnings = drops.map((message) => ({ message, stepIndex: 0 }))
    return { migrationSteps: exitCode === 0 ? 0 : 1, unexecutableSteps: [], warnings }
  },
  async diff(engine, params) {
    const { exitCode, stdout } = await engine.diff(params)
    if (stdout) send({ id: 'print', method: 'print', params: { content: stdout } })
    return { exitCode, stdout: null }
  },
}

function diffToSchema(engine, { migrationsList, schema, filters }) {
  migrationsList.lockfile.content ||= 'provider = "postgresql"\n'
  const from = { tag: 'migrations', ...migrationsList }
  return engine.diff({ from, to: { tag: 'schemaDatamodel', ...schema }, script: true, exitCode: true, filters })
}

function send(message) {
  process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`)
}

function databaseName() {
  return decodeURIComponent(new URL(url).pathname.slice(1))
}

function maintenanceUrl() {
  return Object.assign(new URL(url), { pathname: '/postgres' }).href
}

if (values.version) console.log('schema-engine-cli of npm packages')
else if (positionals[0] === 'cli') await runCommand(positionals[1])
else await serve()
