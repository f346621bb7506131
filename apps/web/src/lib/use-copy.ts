import { useEffect, useState } from "react"

const shownMs = 1_600

/** Copies text; `copied` is true for a moment after it worked. */
export function useCopy() {
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), shownMs)
    return () => clearTimeout(timer)
  }, [copied])
  return {
    copied,
    copy: async (text: string) => setCopied(await writeClipboard(text)),
  }
}

async function writeClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}
