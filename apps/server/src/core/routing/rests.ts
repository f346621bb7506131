import type { Rest, Subject } from "./rest.ts"

/** Who of one channel rests. Apart by kind: whether a model is well is asked for every channel of a draw. */
export type Rests = {
  whole: Rest | undefined
  byModel: Map<string, Rest>
  /** By {@link nameOf}. */
  ofKeys: Map<string, Rest>
}

type Within = Omit<Subject, "channelId">

export const noRests = (): Rests => ({ whole: undefined, byModel: new Map(), ofKeys: new Map() })

export function restOf(rests: Rests, { keyId, model }: Within): Rest | undefined {
  if (keyId !== undefined) return rests.ofKeys.get(nameOf(keyId, model))
  return model === undefined ? rests.whole : rests.byModel.get(model)
}

export function setRest(rests: Rests, { keyId, model }: Within, rest: Rest): void {
  if (keyId !== undefined) rests.ofKeys.set(nameOf(keyId, model), rest)
  else if (model !== undefined) rests.byModel.set(model, rest)
  else rests.whole = rest
}

export function* allRests(channelId: string, rests: Rests): Generator<[Subject, Rest]> {
  if (rests.whole) yield [{ channelId }, rests.whole]
  for (const [model, rest] of rests.byModel) yield [{ channelId, model }, rest]
  for (const [name, rest] of rests.ofKeys) {
    const slash = name.indexOf("/")
    const model = name.slice(slash + 1) || undefined
    yield [{ channelId, keyId: name.slice(0, slash), model }, rest]
  }
}

/** Drops what has been over since `before`. @returns whether anything is left */
export function forgetOld(rests: Rests, before: number): boolean {
  if (rests.whole && isOver(rests.whole, before)) rests.whole = undefined
  for (const kept of [rests.byModel, rests.ofKeys])
    for (const [name, rest] of kept) if (isOver(rest, before)) kept.delete(name)
  return rests.whole !== undefined || rests.byModel.size > 0 || rests.ofKeys.size > 0
}

export const isOver = ({ at, until }: Rest, before: number): boolean =>
  at < before && until < before

/** A hash holds no slash; a model may. */
const nameOf = (keyId: string, model = "") => `${keyId}/${model}`
