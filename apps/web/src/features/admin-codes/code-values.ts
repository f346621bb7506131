import type { CodeKind, CreateCodes } from "@nio/server/contract"
import { parsePoints } from "../../lib/points.ts"

/** What the form holds: everything as typed. */
export type CodeValues = {
  name: string
  type: string
  points: string
  count: string
  expires: string
}

export const emptyValues: CodeValues = { name: "", type: "", points: "5", count: "10", expires: "" }

/** As the server allows. */
export const codesAtOnceMax = 10_000

export const isType = (text: string): boolean => /^[A-Za-z0-9]{1,24}$/.test(text.trim())

/** @returns undefined for what is no number of codes */
export function parseCount(text: string): number | undefined {
  const count = /^\d{1,6}$/.test(text.trim()) ? Number(text) : 0
  return count >= 1 && count <= codesAtOnceMax ? count : undefined
}

/** The end of that day where the operator is; null for none. */
export const endOf = (day: string): number | null =>
  day ? new Date(`${day}T23:59:59.999`).getTime() : null

/** What the batch comes to, once it can be said. */
export function worthOf(values: CodeValues): { count: number; points: number } | undefined {
  const [count, points] = [parseCount(values.count), parsePoints(values.points)]
  return count && points ? { count, points: count * points } : undefined
}

/** The values of a form that has no mistakes. */
export function createOf(kind: CodeKind, values: CodeValues, requestId: string): CreateCodes {
  const shared = {
    name: values.name.trim(),
    points: parsePoints(values.points) ?? 0,
    count: parseCount(values.count) ?? 0,
    expiresAt: endOf(values.expires),
    requestId,
  }
  return kind === "gift" ? { kind, type: values.type.trim(), ...shared } : { kind, ...shared }
}
