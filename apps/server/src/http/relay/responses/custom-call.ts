import type { Emit, Named, OpenCall, Place } from "./items.ts"

/**
 * A tool that takes whatever the model writes. The model, which knows functions only, wrote it as
 * the one member of an object: it is told when the object is whole.
 */
export function openCustomCall(
  { id, output_index }: Place,
  { callId, name, namespace }: Named,
  emit: Emit,
): OpenCall {
  let json = ""
  const item = (status: string, input: string) => ({
    id,
    type: "custom_tool_call",
    status,
    call_id: callId,
    name,
    ...(namespace && { namespace }),
    input,
  })
  emit("response.output_item.added", { output_index, item: item("in_progress", "") })

  return {
    write(delta: string) {
      json += delta
    },
    end(status) {
      const input = inputOf(json)
      const at = { item_id: id, output_index }
      if (input !== "") emit("response.custom_tool_call_input.delta", { ...at, delta: input })
      emit("response.custom_tool_call_input.done", { ...at, input })
      const done = item(status, input)
      emit("response.output_item.done", { output_index, item: done })
      return done
    },
  }
}

/** A model that did not keep to the form meant all of it. */
function inputOf(json: string): string {
  try {
    const { input } = JSON.parse(json)
    return typeof input === "string" ? input : json
  } catch {
    return json
  }
}
