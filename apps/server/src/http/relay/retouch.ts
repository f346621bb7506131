import { splice, spliceMember } from "@nio/adapters"

export const asBuffer = (bytes: Uint8Array) =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)

/** A JSON object's member as another text; one that is missing stays so, and so does all else. */
export const withKnownText = (json: string, key: string, text: string) =>
  spliceMember(json, key, () => JSON.stringify(text))

/** The same for a member of a member. */
export const withTextInside = (json: string, outer: string, key: string, text: string) =>
  spliceMember(json, outer, (value) =>
    value.startsWith("{") ? withKnownText(value, key, text) : value,
  )

/** A JSON object's members set to JSON texts, or taken out where there is none. */
export const withMembers = (json: string, members: Readonly<Record<string, string | undefined>>) =>
  splice(json, new Map(Object.entries(members)))

/** Frames whose JSON is changed, and nothing else of them. */
export const retouchFrames = (frames: Uint8Array, change: (json: string) => string): Uint8Array =>
  Buffer.from(
    asBuffer(frames)
      .toString()
      .replace(dataLines, (_, start: string, json: string) => start + change(json)),
  )

/** The JSON in frames, one text each. */
export const dataIn = (frames: Uint8Array): string[] =>
  Array.from(asBuffer(frames).toString().matchAll(dataLines), ([, , json = ""]) => json)

const dataLines = /(?<=^|[\r\n])(data: ?)(\{[^\r\n]*\})/g
