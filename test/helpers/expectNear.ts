import { expect } from 'chai'

/** Chai's own closeTo takes whole numbers only once a chain is loaded beside it. */
export function expectNear(found: number | null | undefined, wanted: number, tolerance: number) {
  const isNear = typeof found === 'number' && Math.abs(found - wanted) <= tolerance

  expect(isNear, `${found} is not within ${tolerance} of ${wanted}`).to.equal(true)
}
