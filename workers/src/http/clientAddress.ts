import { BlockList, isIP } from 'node:net'

/** Addresses of proxies, alone or as `10.0.0.0/8`. */
export function proxyList(proxies: readonly string[]): BlockList {
  const list = new BlockList()
  for (const proxy of proxies) {
    const [address, bits] = proxy.split('/') as [string, string?]
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
    if (bits === undefined) list.addAddress(address, family)
    else list.addSubnet(address, Number(bits), family)
  }
  return list
}

/**
 * Who a request counts for: the socket's address, and behind a declared proxy the last address in `X-Forwarded-For` that is
 * no proxy itself. Of an IPv6 address the /64, as whoever has one address there has all of them.
 */
export function clientAddress(options: {
  socket: string | undefined
  forwardedFor: string | undefined
  proxies: BlockList
}): string {
  const { socket = 'unknown', forwardedFor = '', proxies } = options
  const hops = [...forwardedFor.split(',').map((hop) => plain(hop.trim())), plain(socket)]
  const isProxy = (hop: string) => isIP(hop) > 0 && proxies.check(hop, familyOf(hop))
  let client = hops.pop()!
  while (isProxy(client) && hops.length > 0 && isIP(hops.at(-1)!) > 0) client = hops.pop()!
  return isIP(client) === 6 ? prefixOf(client) : client
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4'
}

/** An IPv4 address that a dual-stack socket shows as IPv6. */
function plain(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '')
}

/** The first four groups of an IPv6 address. */
function prefixOf(address: string): string {
  const [head = '', tail] = address.split('%')[0]!.split('::') as [string, string?]
  const left = head.split(':').filter(Boolean)
  const right = (tail ?? '').split(':').filter(Boolean)
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length)
  const groups = [...left, ...Array<string>(zeros).fill('0'), ...right].map((group) =>
    Number.parseInt(group, 16).toString(16),
  )
  return `${groups.slice(0, 4).join(':')}::/64`
}
