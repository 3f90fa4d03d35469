/** Calls of JSON-RPC in one request, answered in their order. Throws where one of them is refused. */
export function requestOf(url: string) {
  return async (
    calls: readonly (readonly [string, (readonly unknown[])?])[],
  ): Promise<unknown[]> => {
    const body = calls.map(([method, params = []], id) => ({ jsonrpc: '2.0', id, method, params }))
    const ask = () =>
      fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    // A connection kept from an earlier call may be closed by now: a read can be asked again.
    const response = await ask().catch(ask)
    const answers = (await response.json()) as Answer[]
    return body.map(({ id, method }) => {
      const answer = answers.find((each) => each.id === id)
      if (answer && answer.error === undefined) return answer.result
      throw new Error(`The chain refused ${method}: ${answer?.error?.message ?? 'no answer'}`)
    })
  }
}

type Answer = { id: number; result?: unknown; error?: { message: string } }
