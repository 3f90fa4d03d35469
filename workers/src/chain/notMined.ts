/** Nothing of a transaction was mined by its deadline; it may be mined yet. */
export class NotMined extends Error {
  override readonly name = 'NotMined'
}
