import { existsSync } from 'node:fs'

/** Reads `.env`, as Next does; what the environment already says stands. */
export function loadEnvironment(): void {
  if (existsSync('.env')) process.loadEnvFile('.env')
}

export const dataFolder = () => process.env.DATA_DIR ?? '.data'
