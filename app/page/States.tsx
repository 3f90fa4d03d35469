/** What stands where data is missing: an error in words, or grey boxes of the size of what comes. */

export function Failure({ error }: { error: string | undefined }) {
  if (!error) return null
  return (
    <p class="failure" role="alert">
      {error}
    </p>
  )
}

export function Skeleton({ cards }: { cards: number }) {
  return (
    <div class="cards" aria-busy="true" aria-label="Loading">
      {Array.from({ length: cards }, (_, i) => (
        <div key={i} class="card skeleton" />
      ))}
    </div>
  )
}
