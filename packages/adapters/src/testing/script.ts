/** What a scripted model says, whatever it is asked. */
export type Script = {
  /** One stream frame each. */
  chunks: readonly string[]
  /** Between two frames. */
  delayMs?: number
  /** `null`: the upstream reports none. 7 in, one out per chunk when left out. */
  usage?: { input: number; output: number } | null
  reasoning?: readonly string[]
  toolCalls?: readonly { id: string; name: string; arguments: string }[]
  /** `data` is base64. */
  images?: readonly { mime: string; data: string }[]
}
