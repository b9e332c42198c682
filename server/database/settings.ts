/** `durable` for data that matters; `throw-away` for tests, which lose nothing when the machine stops. */
export type Profile = 'durable' | 'throw-away'

const ALWAYS: Record<string, string> = {
  // nobody but this machine, and no socket file whose path could be too long or closed
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  // the app holds some thirty; the rest is for further commands, psql and a dashboard's worth of tools
  max_connections: '100',
  // times are exchanged without an offset by some drivers, so every session has to be in UTC
  timezone: 'UTC',
  log_timezone: 'UTC',
  // a client that sits in a transaction holds back the change feed and vacuum
  idle_in_transaction_session_timeout: '60s',
  // statements of an app that was killed stop instead of running on with its locks
  client_connection_check_interval: '2s',
  // short statements only: compiling them costs more than it saves
  jit: 'off',
  // one statement uses one core; the others serve the other requests. Parallel workers also need more of
  // /dev/shm than the 64 MB that a container has
  max_parallel_workers_per_gather: '0',
  max_parallel_maintenance_workers: '0',
  // the working set of a large organisation (50,000 mentors) fits; memory is taken only when used
  shared_buffers: '256MB',
  effective_cache_size: '1GB',
  work_mem: '16MB',
  maintenance_work_mem: '128MB',
  // solid-state discs: reading here and there costs about as much as reading on
  random_page_cost: '1.1',
  // no replicas: the log need only serve recovery, and bulk loads into new tables skip it
  wal_level: 'minimal',
  max_wal_senders: '0',
  // bounds what recovery has to read again after a kill
  max_wal_size: '512MB',
  wal_compression: 'pglz',
  // errors of statements carry personal data in their details and are the app's to log
  log_min_messages: 'log',
  log_checkpoints: 'off',
}

const THROW_AWAY: Record<string, string> = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
}

/** The settings as arguments of the server. Given at each start, so that a new version of the app brings its own. */
export function settingArguments(profile: Profile): string[] {
  const settings = profile === 'durable' ? ALWAYS : { ...ALWAYS, ...THROW_AWAY }
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}
