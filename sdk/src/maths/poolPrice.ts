/* Twin of contracts/truth/PoolTruth.sol, to the last bit. */

const ONE = 10n ** 18n
const LN_TICK = 99_995_000_333_308_335_333_166_680_951_131n
const LN_TEN = 2_302_585_092_994_045_684n

/**
 * The geometric mean of a Uniswap v3 pool's price over a window, in whole tokens, 1e18 fixed point.
 * @param options.tickSeconds the sum of tick x seconds over the window, the difference of two of the pool's cumulative ticks
 * @param options.window seconds
 * @param options.isInverted whether the price is that of token 1 in token 0
 */
export function poolPriceOf(options: {
  tickSeconds: bigint
  window: bigint
  decimals: readonly [bigint, bigint]
  isInverted?: boolean
}): bigint {
  const { tickSeconds, window, isInverted = false } = options
  const [decimals0, decimals1] = options.decimals
  const logScale = (decimals0 - decimals1) * LN_TEN
  const exponent = (tickSeconds * LN_TICK) / (window * ONE) + logScale
  return expWad(isInverted ? -exponent : exponent)
}

/** Twin of solady's FixedPointMathLib.expWad: a (6, 7)-term rational approximation; constants are its own. */
export function expWad(wad: bigint): bigint {
  if (wad <= -41446531673892822313n) return 0n

  let x = (wad << 78n) / 5n ** 18n
  const k = ((x << 96n) / 54916777467707473351141471128n + 2n ** 95n) >> 96n
  x -= k * 54916777467707473351141471128n

  let y = x + 1346386616545796478920950773328n
  y = ((y * x) >> 96n) + 57155421227552351082224309758442n
  let p = y + x - 94201549194550492254356042504812n
  p = ((p * y) >> 96n) + 28719021644029726153956944680412240n
  p = p * x + (4385272521454847904659076985693276n << 96n)

  let q = x - 2855989394907223263936484059900n
  q = ((q * x) >> 96n) + 50020603652535783019961831881945n
  q = ((q * x) >> 96n) - 533845033583426703283633433725380n
  q = ((q * x) >> 96n) + 3604857256930695427073651918091429n
  q = ((q * x) >> 96n) - 14423608567350463180887372962807573n
  q = ((q * x) >> 96n) + 26449188498355588339934803723976023n

  return ((p / q) * 3822833074963236453042738258902158003155416615667n) >> (195n - k)
}
