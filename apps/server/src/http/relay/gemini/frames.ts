/** How the documents of a stream follow each other: as events, or as a list. */
export type Frames = { next(json: string): string; end(): string }

export const eventFrames = (): Frames => ({
  next: (json) => `data: ${json}\r\n\r\n`,
  end: () => "",
})

export function listFrames(): Frames {
  let begun = false
  return {
    next(json) {
      const before = begun ? ",\r\n" : "["
      begun = true
      return before + json
    },
    end: () => (begun ? "]" : "[]"),
  }
}
