/** The element at an index that must exist. */
export function at<T>(list: readonly T[], index: number): T {
  const element = list[index]
  if (element === undefined) throw new RangeError(`nothing at ${index} of ${list.length}`)

  return element
}

/** What the user can mend. Its message is all there is to say. */
export class BadInput extends Error {}
