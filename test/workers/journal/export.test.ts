import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { readExport } from '../../../workers/src/journal/readExport.ts'
import { writeExport } from '../../../workers/src/journal/writeExport.ts'
import { freshFolder } from '../../helpers/freshFolder.ts'
import { predicted, reported, scope } from './records.ts'

const records = [
  { ...scope, round: 7n, ...predicted },
  { ...scope, round: 8n, ...reported },
]

describe('an exported journal', () => {
  let file: string

  beforeEach(() => {
    file = join(freshFolder('export'), 'journal.jsonl')
    writeExport({ file, records })
  })

  it('is read back to the last bit', () => {
    expect(readExport({ file })).to.deep.equal(records)
  })

  it('is a file that only its owner can read, and never written over another', () => {
    expect(statSync(file).mode & 0o777).to.equal(0o600)
    expect(() => writeExport({ file, records })).to.throw('exists')
  })

  it('is refused where others can read it', () => {
    chmodSync(file, 0o644)
    expect(() => readExport({ file })).to.throw('chmod 600')
  })

  it('is refused where it was cut short', () => {
    writeFileSync(file, linesOf(file).slice(0, 2).join('\n'))
    expect(() => readExport({ file })).to.throw('1 of its 2 records')
  })

  it('is refused with file and line where a line is wrong', () => {
    writeFileSync(file, linesOf(file).join('\n').replace('"round":"8"', '"round":"eight"'))
    expect(() => readExport({ file })).to.throw(/journal\.jsonl:3 .*round must be a whole number/)
  })

  it('is refused where it is something else', () => {
    writeFileSync(file, '{}')
    expect(() => readExport({ file })).to.throw(/journal\.jsonl:1 /)
  })
})

function linesOf(file: string): string[] {
  return readFileSync(file, 'utf8').trimEnd().split('\n')
}
