import { expect } from 'chai'
import { concatHex, sliceHex } from 'viem'
import { openJournal } from '../../../workers/src/journal/openJournal.ts'
import { decodeAnnouncement, encodeAnnouncement } from '../../../workers/src/worker/listening.ts'

const topic = `0x${'ab'.repeat(32)}` as const
const id = `0x${'0c'.repeat(32)}` as const
const said = { topic, since: 1_764_547_200n, id }

describe('the announcement of a journal that listens', () => {
  it('is read as it was written, however often it is repeated', () => {
    for (const count of [0, 1, 300])
      expect(decodeAnnouncement(encodeAnnouncement(said, count))).to.deep.equal(said)
    expect(encodeAnnouncement(said, 1)).not.to.equal(encodeAnnouncement(said, 0))
  })

  it('is nothing else that an account sends to itself', () => {
    const data = encodeAnnouncement(said)
    for (const other of ['0x', '0x00', sliceHex(data, 1), concatHex([data, '0x00'])] as const)
      expect(decodeAnnouncement(other)).to.equal(undefined)
    expect(decodeAnnouncement(concatHex(['0xdeadbeef', sliceHex(data, 4)]))).to.equal(undefined)
  })

  it('names a journal by what no other one has', () => {
    const [one, other] = [0, 1].map(() => openJournal({ file: ':memory:', now: 5n }))
    expect(one!.id).to.match(/^0x[\da-f]{64}$/)
    expect(one!.id).not.to.equal(other!.id)
    const before = one!.id
    one!.adopt({ records: [], now: 9n })
    expect(one!.id).not.to.equal(before)
  })
})
