import { expect } from 'chai'
import { FutureReadError, createHistory } from '../../../workers/src/sources/history.ts'
import { createRecordedSource } from '../../../workers/src/sources/dataSource.ts'
import { barsOf } from './bars.ts'

describe('History', () => {
  const bars = barsOf([10, 11, 12, 13])
  const [first, second, third] = bars

  it('counts the bars known by now, the one known at this second included', () => {
    expect(createHistory({ bars, now: first!.time - 1 }).length).to.equal(0)
    expect(createHistory({ bars, now: second!.time }).length).to.equal(2)
    expect(createHistory({ bars, now: third!.time - 1 }).length).to.equal(2)
    expect(createHistory({ bars, now: Infinity }).length).to.equal(4)
  })

  it('shows what is known', () => {
    expect(createHistory({ bars, now: second!.time }).at(1)).to.equal(second)
  })

  it('refuses a bar dated after now', () => {
    const history = createHistory({ bars, now: second!.time })
    expect(() => history.at(2)).to.throw(FutureReadError, '1970-01-04T00:00:00.000Z')
    expect(() => history.at(3)).to.throw(FutureReadError)
  })

  it('refuses an index that no bar has', () => {
    const history = createHistory({ bars, now: Infinity })
    expect(() => history.at(4)).to.throw(RangeError)
    expect(() => history.at(-1)).to.throw(RangeError)
  })

  it('shows the last aggregate only when there is one', async () => {
    const source = createRecordedSource({ name: 'test', bars })
    expect((await source.read({ now: 0 })).published).to.equal(undefined)
    expect((await source.read({ now: 0, published: 7 })).published).to.equal(7)
  })

  it('cannot be changed by its reader', async () => {
    const history = await createRecordedSource({ name: 'test', bars }).read({ now: Infinity })
    expect(() => Object.assign(history.at(0), { close: 1 })).to.throw(TypeError)
    expect(history.at(0).close).to.equal(10)
  })
})
