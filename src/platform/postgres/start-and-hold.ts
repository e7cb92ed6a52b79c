import { startEmbeddedPostgres } from './embedded.ts'

// Run by the tests as a process of its own, to be killed: starts a server, prints where it is, and waits.
const server = await startEmbeddedPostgres({
  home: process.argv[2],
  log: { info: () => {}, warn: () => {} },
  idleStopMs: Number(process.argv[3] ?? 600_000),
  isDurable: false,
})
process.stdout.write(
  `${JSON.stringify({ pid: server.pid, host: server.connection.host, attached: server.attached })}\n`,
)
setInterval(() => {}, 1000)
