import { execFileSync, execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { test } from 'vitest'
import { createTestApp } from '../../test/app.ts'
import { claimsInputs, createServingFixture, MODEL } from '../../test/serving.ts'
import { servingRoutes } from './routes.ts'
void execFileSync
test('bench', async () => {
  const fixture = await createServingFixture()
  await fixture.promote(await fixture.addVersion({ seed: 1 }))
  const serving = await fixture.serve()
  const http = await createTestApp({ routes: [(app) => { servingRoutes(app, { ...fixture, serving }); app.post('/echo', async (r) => r.body) }] })
  const { authorization } = await http.as('developer')
  const url = await http.app.listen({ port: 0, host: '127.0.0.1' })
  const port = new URL(url).port
  const run = async (path: string, conc: number, seconds: number, rate: number) => {
    const cpu = process.cpuUsage()
    const { stdout, stderr } = await promisify(execFile)(process.execPath, ['/tmp/bench/gen.mjs', port, path, authorization, JSON.stringify({ inputs: claimsInputs(1)[0] }), String(conc), String(seconds), String(rate)])
    const used = process.cpuUsage(cpu)
    const r = JSON.parse(stdout)
    console.log(path, { conc, rate }, stdout.trim(), stderr, 'server cpu us/req', Math.round((used.user + used.system) / r.done))
    return r
  }
  const ten = claimsInputs(10_000)
  for (let k = 0; k < 6; k++) {
    const cpu = () => { const u = process.threadCpuUsage(); return (u.user + u.system) / 1000 }; let last = cpu(), longest = 0, on = true
    const tick = () => { const n = cpu(); longest = Math.max(longest, n - last); last = n; if (on) setImmediate(tick) }
    setImmediate(tick)
    const t = performance.now(); await serving.predict({ model: MODEL, inputs: ten, actor: 'local' }); on = false
    console.log('10k rows ms', performance.now() - t, 'longest', longest) }
  await http.close(); await fixture.close()
}, 120_000)
