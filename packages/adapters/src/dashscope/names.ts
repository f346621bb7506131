/** Chat Nio's way of saying that a model may search: the upstream's own name and whether it may. */
export function searching(model: string): { model: string; search: boolean } {
  const search = model.endsWith("-net")
  return { model: search ? model.slice(0, -"-net".length) : model, search }
}

/** Models that only answer in a stream. */
export const onlyStreams = (model: string) => /^(qwq|qvq)|omni|deep-research/.test(model)
