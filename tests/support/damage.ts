import type { Transcript } from "@nio/adapters/testing"
import fc from "fast-check"

/** What can go wrong with an answer on its way, each drawn with numbers that say where. */
const kinds = [
  "truncate",
  "drop",
  "repeat",
  "swap",
  "rename",
  "retype",
  "flip",
  "empty",
  "reset",
] as const
type Hit = { kind: (typeof kinds)[number]; at: number; to: number }

export const damage: fc.Arbitrary<Hit[]> = fc.array(
  fc.record({
    kind: fc.constantFrom(...kinds),
    at: fc.nat(1_000_000),
    to: fc.nat(1_000_000),
  }),
  { minLength: 1, maxLength: 3 },
)

type Piece = string | Uint8Array

/** The same answer, damaged. */
export function damaged(transcript: Transcript, hits: readonly Hit[]): Transcript {
  let pieces = piecesOf(transcript.body ?? "")
  let { end = "close" } = transcript
  for (const hit of hits) {
    if (hit.kind === "reset") end = "reset"
    else pieces = damagedPieces(pieces, hit)
  }
  return { ...transcript, body: pieces, end }
}

const piecesOf = (body: NonNullable<Transcript["body"]>): Piece[] =>
  typeof body === "string" || body instanceof Uint8Array ? [body] : [...body]

function damagedPieces(pieces: Piece[], { kind, at, to }: Hit): Piece[] {
  if (pieces.length === 0) return pieces
  const index = at % pieces.length
  const piece = pieces[index]!
  const put = (...others: Piece[]) => pieces.toSpliced(index, 1, ...others)
  switch (kind) {
    case "truncate":
      return [...pieces.slice(0, index), piece.slice(0, to % (piece.length + 1))]
    case "drop":
      return put()
    case "repeat":
      return put(piece, piece)
    case "swap": {
      const other = to % pieces.length
      return pieces.with(index, pieces[other]!).with(other, piece)
    }
    case "rename":
      return put(renamed(piece, to))
    case "retype":
      return put(retyped(piece, to))
    case "flip":
      return put(flipped(piece, to))
    default:
      return put("")
  }
}

const nth = <Value>(list: readonly Value[], at: number) => list[at % list.length]

function renamed(piece: Piece, at: number): Piece {
  if (typeof piece !== "string") return piece
  const key = nth([...piece.matchAll(/"(\w+)":/g)], at)
  return key
    ? `${piece.slice(0, key.index)}"x${key[1]}":${piece.slice(key.index + key[0].length)}`
    : piece
}

const others = ["null", "-1", "1e400", '""', "[]", "{}", '["x"]', '{"x":null}', "true", '"x"']

/** One value becomes another, of whatever type. */
function retyped(piece: Piece, at: number): Piece {
  if (typeof piece !== "string") return piece
  const value = nth([...piece.matchAll(/":\s?("(?:[^"\\]|\\.)*"|-?\d[\d.]*|true|false|null)/g)], at)
  if (!value) return piece
  const from = value.index + value[0].length - value[1]!.length
  return piece.slice(0, from) + nth(others, at >> 3) + piece.slice(value.index + value[0].length)
}

function flipped(piece: Piece, at: number): Piece {
  const bytes = Uint8Array.from(Buffer.from(piece as string))
  if (bytes.length > 0) bytes[at % bytes.length]! ^= 1 << ((at >> 4) % 8)
  return bytes
}
