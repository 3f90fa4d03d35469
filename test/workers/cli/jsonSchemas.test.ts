/* What editors are told of the files: made from the parsers' definitions, and never stricter than they are. */
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Ajv from 'ajv'
import { expect } from 'chai'
import { parse } from 'yaml'
import { jsonSchemaOf, schemaLineFor, schemaNames } from '../../../cli/src/config/jsonSchemas.ts'
import { topicFile } from '../../../cli/src/config/topicFile.ts'
import { draftTopic } from '../../../cli/src/topic/draftTopic.ts'
import { freshFolder } from '../../helpers/freshFolder.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))

describe('the JSON schemas of the files', () => {
  for (const name of schemaNames) {
    it(`of a ${name} is what the parser says, as it is committed`, () => {
      const committed = readFileSync(join(root, `cli/schemas/${name}.schema.json`), 'utf8')
      expect(committed, 'run npm run docs').to.equal(jsonSchemaOf(name))
    })
  }

  const topic = parse(
    draftTopic({
      kind: 'price',
      description: 'A price, an hour ahead',
      truth: '0x5FbDB2315678afecb367f032d93F642f64180aa3',
      cadence: 3600n,
      minStake: '50',
      center: 3000n * 10n ** 18n,
      sigma: 25n * 10n ** 18n,
      min: 0n,
      max: 30_000n * 10n ** 18n,
    }),
  )
  const ajv = new Ajv()
  const validate = ajv.compile(JSON.parse(jsonSchemaOf('topic')))
  const values = [
    ...[0, 1, 0.5, -1, 300, 1e21, '4%', '0.04', '1h', '90', '-5', 'lots', '', true, null, []],
    ...['0x5FbDB2315678afecb367f032d93F642f64180aa3', '2027-01-04T16:00:00Z', 'price', 'fixed'],
  ]

  it('accepts the draft of a topic, and refuses a field that is unknown or missing', () => {
    expect(validate(topic), JSON.stringify(validate.errors)).to.equal(true)
    expect(validate({ ...topic, colour: 'red' })).to.equal(false)
    const { cadence: _, ...without } = topic
    expect(validate(without)).to.equal(false)
  })

  it('marks nothing that the parser takes, and most of what it refuses', () => {
    let [marked, refused] = [0, 0]
    for (const field of Object.keys(JSON.parse(jsonSchemaOf('topic')).properties)) {
      for (const value of values) {
        const file = { ...topic, [field]: value }
        const isTaken = topicFile.safeParse(file).success
        const isMarked = validate(file) !== true
        if (isTaken) expect(isMarked, `${field}: ${value}`).to.equal(false)
        if (isTaken) continue
        refused += 1
        marked += Number(isMarked)
      }
    }
    expect(marked / refused).to.be.above(0.8)
  })

  it('is named in a file by a line that holds where the command is installed, and nowhere else', () => {
    expect(schemaLineFor(join(root, 'topic.yaml'), 'topic')).to.equal(
      '# yaml-language-server: $schema=./cli/schemas/topic.schema.json',
    )
    expect(schemaLineFor(join(root, '.auspex/demo/worker.yaml'), 'worker')).to.equal(
      '# yaml-language-server: $schema=../../cli/schemas/worker.schema.json',
    )
    const elsewhere = freshFolder('elsewhere')
    mkdirSync(join(elsewhere, 'sub'))
    expect(schemaLineFor(join(elsewhere, 'sub/topic.yaml'), 'topic')).to.equal(undefined)
  })
})
