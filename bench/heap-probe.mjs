// Loaded into the server by the benchmark: tells the heap in use after a forced collection, when asked over IPC.
process.on('message', (message) => {
  if (message !== 'heap') return
  globalThis.gc()
  globalThis.gc()
  process.send({ heap: process.memoryUsage().heapUsed })
})
