/*
 * Twins of contracts/truth/{SampledTruth, ReturnTruth, VolatilityTruth, AverageTruth, TouchTruth}.sol, to the last bit: what
 * a worker predicts and a source proves is one number of one definition. Prices are 1e18 fixed point, one for each moment;
 * undefined where the contract makes the round void.
 */

const ONE = 10n ** 18n
const MOST_RATIO = 2n ** 96n
const YEAR = 365n * 86_400n
const PERCENT = 100n

/** The moments a window is sampled at, ascending; the last is the target time. Unix seconds. */
export function momentsOf(
  { window, samples }: { window: bigint; samples: bigint },
  targetTime: bigint,
): bigint[] {
  const step = window / samples
  return Array.from(
    { length: Number(samples) + 1 },
    (_, i) => targetTime - window + step * BigInt(i),
  )
}

/** Change as a share of the first price, 1e18 fixed point. */
export function returnOf([base, price]: readonly [bigint, bigint]): bigint | undefined {
  return base <= 0n || price <= 0n ? undefined : ratioOf(price, base) - ONE
}

/** Annualised realised volatility in percent, 1e18 fixed point; `window` in seconds. */
export function volatilityOf(prices: readonly bigint[], window: bigint): bigint | undefined {
  let squares = 0n
  for (const [i, price] of prices.entries()) {
    if (price <= 0n) return undefined
    if (i === 0) continue
    const ratio = ratioOf(price, prices[i - 1]!)
    if (ratio === 0n) return undefined
    const logReturn = lnWad(ratio)
    squares += logReturn * logReturn
  }
  return sqrt((squares * PERCENT * PERCENT * YEAR) / window)
}

/** Mean of all prices but the first, each standing for the interval that it ends. */
export function averageOf(prices: readonly bigint[]): bigint {
  const [, ...rest] = prices
  return rest.reduce((total, price) => total + price, 0n) / BigInt(rest.length)
}

/** Whether a price is at least `size` (a share, 1e18 fixed point) away from the first: 1e18 or 0. */
export function touchOf(prices: readonly bigint[], size: bigint): bigint | undefined {
  const [start, ...rest] = prices
  if (start === undefined || start <= 0n) return undefined
  const hasMoved = rest.some((price) => {
    const ratio = price <= 0n ? 0n : ratioOf(price, start)
    return ratio >= ONE + size || ratio + size <= ONE
  })
  return hasMoved ? ONE : 0n
}

function ratioOf(price: bigint, base: bigint): bigint {
  const most = base * MOST_RATIO
  return ((price < most ? price : most) * ONE) / base
}

/** Largest number whose square is at most `x`. */
function sqrt(x: bigint): bigint {
  if (x < 2n) return x
  let root = 1n << BigInt((x.toString(2).length + 1) >> 1)
  for (;;) {
    const next = (root + x / root) >> 1n
    if (next >= root) return root
    root = next
  }
}

/** Twin of solady's FixedPointMathLib.lnWad: an (8, 8)-term rational approximation; constants are its own. */
export function lnWad(wad: bigint): bigint {
  const r = 256n - BigInt(wad.toString(2).length)
  const x = (wad << r) >> 159n

  let p = (((x + 3273285459638523848632254066296n) * x) >> 96n) + 24828157081833163892658089445524n
  p = ((p * x) >> 96n) + 43456485725739037958740375743393n
  p = ((p * x) >> 96n) - 11111509109440967052023855526967n
  p = ((p * x) >> 96n) - 45023709667254063763336534515857n
  p = ((p * x) >> 96n) - 14706773417378608786704636184526n
  p = p * x - (795164235651350426258249787498n << 96n)

  let q = x + 5573035233440673466300451813936n
  q = ((x * q) >> 96n) + 71694874799317883764090561454958n
  q = ((x * q) >> 96n) + 283447036172924575727196451306956n
  q = ((x * q) >> 96n) + 401686690394027663651624208769553n
  q = ((x * q) >> 96n) + 204048457590392012362485061816622n
  q = ((x * q) >> 96n) + 31853899698501571402653359427138n
  q = ((x * q) >> 96n) + 909429971244387300277376558375n

  const scaled = 1677202110996718588342820967067443963516166n * (p / q)
  const k = 159n - r
  return (
    (600920179829731861736702779321621459595472258049074101567377883020018308n +
      16597577552685614221487285958193947469193820559219878177908093499208371n * k +
      scaled) >>
    174n
  )
}
