import { expect } from 'chai'
import { formatTable } from '../../../workers/src/runtime/formatTable.ts'

describe('a text table', () => {
  it('has numbers to the right and names to the left', () => {
    const header = ['name', 'loss']
    const rows = [
      ['ada', '10.5'],
      ['benjamin', ''],
      ['cid', '-1 %'],
      ['dee', '-'],
    ]
    const lines = [
      'name      loss',
      'ada       10.5',
      'benjamin',
      'cid       -1 %',
      'dee          -',
    ]
    expect(formatTable({ header, rows, hasRule: false }).split('\n')).to.deep.equal(lines)
    expect(formatTable({ header, rows }).split('\n')[1]).to.equal('--------  ----')
  })
})
