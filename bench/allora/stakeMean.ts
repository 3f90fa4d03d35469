/** Stake-weighted mean of what reputers reported, slot by slot. */
export function stakeMean({
  reports,
  stakes,
}: {
  reports: readonly (readonly number[])[]
  stakes: readonly number[]
}): number[] {
  const total = stakes.reduce((sum, stake) => sum + stake, 0)

  return (reports[0] ?? []).map((_, slot) => {
    const sum = reports.reduce(
      (part, report, m) => part + (stakes[m] ?? 0) * (report[slot] ?? 0),
      0,
    )
    return sum / total
  })
}
