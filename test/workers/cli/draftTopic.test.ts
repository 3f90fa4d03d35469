/* The file that `auspex topic new` writes needs no hand to be opened. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { parseUnits } from 'viem'
import { openConfig } from '../../../cli/src/config/readConfig.ts'
import { topicFile } from '../../../cli/src/config/topicFile.ts'
import { paramsOf } from '../../../cli/src/topic/checkTopic.ts'
import { draftTopic, roundUp, usualOf } from '../../../cli/src/topic/draftTopic.ts'
import { termFaults } from '../../../cli/src/topic/termFaults.ts'
import { warningsOf } from '../../../cli/src/topic/timelineOf.ts'
import { writeBack } from '../../../cli/src/topic/writeBack.ts'
import { questionKinds } from '../../../sdk/src/index.ts'
import { freshFolder } from '../../helpers/freshFolder.ts'

const NOW = 1_798_761_600n
const ONE = 10n ** 18n
const own = { center: 3000n * ONE, sigma: 25n * ONE, min: 0n, max: 30_000n * ONE }
const truth = '0x5FbDB2315678afecb367f032d93F642f64180aa3'

describe('the draft of a topic', () => {
  const file = join(freshFolder('draft'), 'topic.yaml')
  const read = () => {
    const { data } = openConfig({ file, schema: topicFile })
    return paramsOf(data, { token: { units: (tokens) => parseUnits(tokens, 18) }, now: NOW })
  }

  for (const kind of questionKinds) {
    it(`of kind ${kind} is accepted at any rhythm, and leaves no gap`, () => {
      for (const cadence of [300n, 900n, 3600n, 5000n, 86_400n, 604_800n]) {
        const description = `What is "${kind}"? It's: a # question`
        const values = usualOf[kind] ?? own
        const answers = { kind, description, truth, cadence, minStake: '12.5', ...values } as const
        writeFileSync(file, draftTopic(answers))
        const params = read()
        expect(params).to.include({ description, cadence, truth, center: values.center })
        expect(termFaults(params, NOW)).to.deep.equal([])
        expect(warningsOf(params)).to.deep.equal([])
      }
    })
  }

  it('keeps everything that it says where start and id are written into it', () => {
    const text = draftTopic({
      kind: 'price',
      description: 'x',
      truth,
      cadence: 3600n,
      minStake: '50',
      ...own,
    })
    const id = `0x${'0a'.repeat(32)}`
    writeFileSync(file, text)
    writeBack(file, { start: '2027-01-04T16:00:00Z', id })
    writeBack(file, { start: '2027-02-04T16:00:00Z', id })
    const { data } = openConfig({ file, schema: topicFile })
    expect(data).to.include({ id, start: 1_801_756_800n, truth })
    // A file on one line takes them as well.
    writeFileSync(file, `{ description: x, truth: ${truth}, cadence: 1h }`)
    writeBack(file, { start: '2027-02-04T16:00:00Z' })
    expect(() => openConfig({ file, schema: topicFile })).to.throw(/ringSize is missing/)
  })

  it('starts from numbers of two digits', () => {
    expect([1n, 99n, 101n, 2_345n, -2_345n].map(roundUp)).to.deep.equal([
      1n,
      99n,
      110n,
      2_400n,
      -2_400n,
    ])
  })
})
