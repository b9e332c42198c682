// The least that serves Server-Sent Events: holds every connection, and tells all of them when asked to.
import { createServer } from 'node:http'

const clients = new Set()
createServer((request, response) => {
  if (request.url === '/tell') {
    for (const client of clients) client.write('event: change\ndata: {}\n\n')
    response.end()
    return
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  response.write('retry: 1000\n\n')
  clients.add(response)
  response.on('close', () => clients.delete(response))
}).listen(Number(process.env.PORT), '127.0.0.1')
