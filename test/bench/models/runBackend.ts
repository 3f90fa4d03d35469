import { expect } from 'chai'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runBackend } from '../../../bench/models/measure/runBackend.ts'
import { freshFolder } from '../../helpers/freshFolder.ts'

describe('The process of a backend', () => {
  it('that crashes is told as missing, with what it was doing', async () => {
    const { outcome, told } = await runScript(`
      process.once('message', () => {
        console.error('    at native code')
        process.send({ progress: 'mlp, batch 16' }, () => process.kill(process.pid, 'SIGKILL'))
      })
    `)
    const reason = 'its process ended by SIGKILL, at mlp, batch 16'
    expect(outcome).to.deep.equal({ backend: 'webgpu', status: 'missing', reason })
    expect(told).to.deep.equal(['webgpu: mlp, batch 16'])
  })

  it('that gives up is told as missing, with its exit code', async () => {
    const { outcome } = await runScript(`process.once('message', () => process.exit(3))`)
    expect(outcome).to.include({ reason: 'its process ended by exit 3, at starting' })
  })

  it('that says what went wrong is told so', async () => {
    const { outcome } = await runScript(`
      process.once('message', () => {
        process.send({ progress: 'mlp' })
        process.send({ fault: 'device lost' }, () => process.disconnect())
      })
    `)
    expect(outcome).to.include({ status: 'missing', reason: 'failed at mlp: device lost' })
  })

  async function runScript(script: string) {
    const file = join(freshFolder('backend'), 'process.mjs')
    writeFileSync(file, script)
    const told: string[] = []
    const plan = { questions: [], batches: [], repeats: 1 }
    const job = { backend: 'webgpu', software: false, plan } as const
    const outcome = await runBackend({ job, file, tell: (line) => told.push(line) })
    return { outcome, told }
  }
})
