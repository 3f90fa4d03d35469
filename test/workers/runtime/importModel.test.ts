import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import type { Tensors } from '../../../workers/src/models/backends/tensors.ts'
import { importModel } from '../../../workers/src/models/adapters/importModel.ts'
import { OperatorError } from '../../../workers/src/runtime/operatorError.ts'
import { createHistory } from '../../../workers/src/sources/history.ts'

const options = { question: 'close', seed: 7, tensors: {} as Tensors } as const

describe('a model out of a file', () => {
  let folder: string

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'auspex-model-'))
  })
  after(() => rmSync(folder, { recursive: true }))

  function write(name: string, text: string): string {
    const file = join(folder, name)
    writeFileSync(file, text)
    return file
  }

  /** What the operator is told. */
  async function refusalOf(file: string): Promise<string> {
    const make = async () => (await importModel({ file }))(options)
    const error = await make().catch((error: unknown) => error)
    expect(error).to.be.instanceOf(OperatorError)
    expect((error as OperatorError).reason).to.equal('requirement')
    return (error as OperatorError).message
  }

  it('is TypeScript, and is given the question and the seed', async () => {
    const file = write(
      'mine.ts',
      `export function createModel({ question, seed }: { question: string; seed: number }) {
        return {
          name: question,
          fit() {},
          predict: (history: { length: number }): number => history.length + seed,
        }
      }`,
    )
    const model = await (await importModel({ file }))(options)
    expect(model.name).to.equal('close')
    expect(await model.predict(createHistory({ bars: [], now: 0 }))).to.equal(7)
  })

  it('is refused in words where it is none', async () => {
    expect(await refusalOf(join(folder, 'absent.ts'))).to.match(/There is no model at .*absent\.ts/)
    expect(await refusalOf(write('broken.ts', 'export const = 1'))).to.match(/cannot be loaded: /)
    expect(await refusalOf(write('other.ts', 'export const model = 1'))).to.match(
      /exports no function createModel/,
    )
    expect(
      await refusalOf(write('half.ts', 'export const createModel = () => ({ name: "half" })')),
    ).to.match(/gives no model/)
    expect(
      await refusalOf(
        write('throws.ts', 'export const createModel = () => { throw new Error("no GPU") }'),
      ),
    ).to.match(/createModel of .*throws\.ts failed: no GPU/)
  })
})
