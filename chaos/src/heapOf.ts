/** Bytes of JavaScript heap in use after a forced collection, asked of a process through its inspector. */
export async function heapOf(url: string): Promise<number> {
  const socket = new WebSocket(url)
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve, { once: true })
    socket.addEventListener('error', () => reject(new Error('The inspector does not answer')), {
      once: true,
    })
  })
  try {
    await call(socket, 1, 'HeapProfiler.enable')
    await call(socket, 2, 'HeapProfiler.collectGarbage')
    const { usedSize } = await call(socket, 3, 'Runtime.getHeapUsage')
    return usedSize!
  } finally {
    socket.close()
  }
}

function call(socket: WebSocket, id: number, method: string): Promise<{ usedSize?: number }> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${method} took too long`)), 30_000)
    function take({ data }: MessageEvent): void {
      const message = JSON.parse(String(data)) as { id?: number; result?: { usedSize?: number } }
      if (message.id !== id) return
      clearTimeout(timer)
      socket.removeEventListener('message', take)
      resolve(message.result ?? {})
    }
    socket.addEventListener('message', take)
    socket.send(JSON.stringify({ id, method }))
  })
}
