import { expect } from 'chai'
import { drawChart } from '../../workers/src/charts.ts'

const places = ['2020-01-02', '2020-01-03', '2020-01-06']
const line = { name: 'truth', values: [1, 2, 4], color: 'teal' }

describe('a chart', () => {
  it('draws its lines in their colours and says what it shows', async () => {
    const svg = await drawChart({ title: 'Truth & more', places, series: [line] })
    expect(svg).to.match(/^<svg role="img" aria-label="Truth &#38; more"/)
    expect(svg).to.match(/<path [^>]*d="M0,[\d.]+L[\d.]+,[\d.]+L860,[\d.]+" stroke="teal"/)
    expect(svg).to.include('>truth</text>')
  })

  it('leaves gaps where there is no value, and has a dot for each value of a dotted series', async () => {
    const dotted = { ...line, values: [1, undefined, 4], isDotted: true }
    const svg = await drawChart({ title: 'Dots', places, series: [dotted] })
    expect(svg.match(/aria-roledescription="point"/g)).to.have.length(2)
  })

  it('cuts off what lies outside, and draws a band behind', async () => {
    const band = { low: [undefined, 1, 1], high: [undefined, 3, 99], color: 'gold' }
    const svg = await drawChart({
      title: 'Band',
      places,
      series: [line],
      band,
      within: { least: 0, most: 4 },
    })
    expect(svg).to.include('fill="gold"')
    expect(svg).not.to.include('NaN')
    expect(svg)
      .to.match(/>4.0<\/text>/)
      .and.not.match(/>99/)
  })

  it('refuses a series that has not one value for each place', async () => {
    const short = { ...line, values: [1] }
    const refused = drawChart({ title: 'Short', places, series: [short] })
    const error = await refused.then(
      () => undefined,
      (reason: Error) => reason,
    )
    expect(error?.message).to.equal('truth has 1 values for 3 places')
  })
})
