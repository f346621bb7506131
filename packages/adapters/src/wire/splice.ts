/** A member of the outermost object of a JSON text, as offsets into it. */
export type Member = {
  key: string
  keyStart: number
  valueStart: number
  valueEnd: number
}

/**
 * The members of the outermost object, in order, duplicates included. Linear and without
 * recursion. Expects valid JSON: what is inside a value is passed over, not checked.
 *
 * @throws SyntaxError when the text is not an object, or ends inside one
 */
export function membersOf(json: string): Member[] {
  const members: Member[] = []
  let at = skipSpace(json, 0)
  if (json[at] !== "{") throw new SyntaxError("not a JSON object")
  at = skipSpace(json, at + 1)
  while (json[at] !== "}") {
    const keyStart = at
    const keyEnd = skipString(json, keyStart)
    const colon = skipSpace(json, keyEnd)
    if (json[colon] !== ":") throw new SyntaxError("a JSON object lacks a colon")
    const valueStart = skipSpace(json, colon + 1)
    const valueEnd = skipValue(json, valueStart)
    const key: string = JSON.parse(json.slice(keyStart, keyEnd))
    members.push({ key, keyStart, valueStart, valueEnd })
    at = skipSpace(json, valueEnd)
    if (json[at] === ",") at = skipSpace(json, at + 1)
    else if (json[at] !== "}") throw new SyntaxError("a JSON object is not closed")
  }
  return members
}

/**
 * Changes members of the outermost object and leaves every other character as it is. A value is
 * JSON text; undefined removes the member. A member that is there several times is changed in
 * every place, one that is missing is put in front.
 *
 * @throws SyntaxError when the text is not a JSON object
 */
export function splice(json: string, edits: ReadonlyMap<string, string | undefined>): string {
  const members = membersOf(json)
  const missing = new Set([...edits.keys()].filter((key) => edits.get(key) !== undefined))
  const kept: string[] = []
  let removed = false
  let from = 0
  for (const [position, { key, keyStart, valueStart, valueEnd }] of members.entries()) {
    if (!edits.has(key)) continue
    missing.delete(key)
    const value = edits.get(key)
    if (value === undefined) {
      removed = true
      const next = members[position + 1]
      kept.push(json.slice(from, keyStart))
      from = next ? next.keyStart : valueEnd
    } else {
      kept.push(json.slice(from, valueStart), value)
      from = valueEnd
    }
  }
  const spliced = kept.join("") + json.slice(from)
  const tidy = removed ? dropLastComma(spliced, members, edits) : spliced
  return insert(
    tidy,
    edits,
    missing,
    members.some(({ key }) => stays(edits, key)),
  )
}

/** Changes the text of one member of the outermost object, in every place; nothing when there is none. */
export function spliceMember(json: string, key: string, change: (value: string) => string): string {
  const member = membersOf(json).findLast((one) => one.key === key)
  if (!member) return json
  return splice(json, new Map([[key, change(json.slice(member.valueStart, member.valueEnd))]]))
}

const stays = (edits: ReadonlyMap<string, string | undefined>, key: string) =>
  !edits.has(key) || edits.get(key) !== undefined

/** When the last members went, the comma before them stands alone. */
function dropLastComma(
  json: string,
  members: readonly Member[],
  edits: ReadonlyMap<string, string | undefined>,
) {
  const last = members.at(-1)
  if (!last || stays(edits, last.key)) return json
  const close = json.lastIndexOf("}")
  return json.slice(0, close).replace(/,\s*$/, "") + json.slice(close)
}

function insert(
  json: string,
  edits: ReadonlyMap<string, string | undefined>,
  missing: ReadonlySet<string>,
  othersFollow: boolean,
) {
  if (missing.size === 0) return json
  const added = [...missing].map((key) => `${JSON.stringify(key)}:${edits.get(key)}`).join(",")
  const open = json.indexOf("{") + 1
  return `${json.slice(0, open)}${added}${othersFollow ? "," : ""}${json.slice(open)}`
}

function skipSpace(json: string, from: number) {
  let at = from
  for (; at < json.length; at += 1) {
    const code = json.charCodeAt(at)
    if (code !== 32 && code !== 10 && code !== 13 && code !== 9) break
  }
  return at
}

const quote = 34
const backslash = 92

/** @returns the offset after the closing quote */
function skipString(json: string, from: number) {
  if (json.charCodeAt(from) !== quote) throw new SyntaxError("a JSON key is not a string")
  for (let at = from + 1; ; at += 1) {
    at = json.indexOf('"', at)
    if (at < 0) throw new SyntaxError("a JSON string is not closed")
    let slashes = at - 1
    while (json.charCodeAt(slashes) === backslash) slashes -= 1
    if ((at - 1 - slashes) % 2 === 0) return at + 1
  }
}

/** @returns the offset after the value */
function skipValue(json: string, from: number) {
  let depth = 0
  for (let at = from; at < json.length; at += 1) {
    switch (json[at]) {
      case '"':
        at = skipString(json, at) - 1
        break
      case "{":
      case "[":
        depth += 1
        break
      case "}":
      case "]":
        if (depth === 0) return trimEnd(json, at)
        depth -= 1
        break
      case ",":
        if (depth === 0) return trimEnd(json, at)
        break
    }
  }
  throw new SyntaxError("a JSON object is not closed")
}

function trimEnd(json: string, end: number) {
  let at = end
  while (json.charCodeAt(at - 1) <= 32) at -= 1
  return at
}
