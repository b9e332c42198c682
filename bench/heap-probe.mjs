// Loaded into the server by the benchmark: tells the memory in use after a forced collection, when asked over IPC.
process.on('message', (message) => {
  if (message !== 'heap') return
  globalThis.gc()
  globalThis.gc()
  const { heapUsed, rss } = process.memoryUsage()
  process.send({ heap: heapUsed, resident: rss })
})
