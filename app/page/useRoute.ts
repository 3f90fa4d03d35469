import { useEffect, useState } from 'preact/hooks'

/** The parts of the address after #: `#/topic/0x…/worker/0x…`. */
export function useRoute(): string[] {
  const [route, setRoute] = useState(partsOf(location.hash))
  useEffect(() => {
    const onChange = () => {
      setRoute(partsOf(location.hash))
      window.scrollTo(0, 0)
    }
    window.addEventListener('hashchange', onChange)
    return () => window.removeEventListener('hashchange', onChange)
  }, [])
  return route
}

function partsOf(hash: string): string[] {
  return hash.replace(/^#\/?/, '').split('/').filter(Boolean)
}
