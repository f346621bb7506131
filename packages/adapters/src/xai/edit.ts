import { openaiTasks, type TaskQuirks } from "../openai/tasks.ts"
import type { Task, TaskBody } from "../spec/index.ts"

/** Edits are asked for in JSON, with pictures by their addresses. @see https://docs.x.ai/docs/guides/image-generations */
export function editTask(quirks: TaskQuirks): Task {
  const edit = openaiTasks(["image-edit"], quirks)["image-edit"]!
  return async (request, upstream) =>
    edit({ ...request, body: await inJson(request.body) }, upstream)
}

/** A form with its files as data URLs. */
async function inJson(body: TaskBody): Promise<TaskBody> {
  if (body.type === "json") return body
  const fields: Record<string, unknown> = {}
  const images: unknown[] = []
  for (const [name, value] of body.form) {
    if (typeof value === "string") fields[name] = name === "n" ? Number(value) : value
    else if (/^image(\[\])?$/.test(name))
      images.push({ type: "image_url", url: await dataUrlOf(value) })
  }
  const whole = { ...fields, images }
  return { type: "json", text: JSON.stringify(whole), fields: whole }
}

const dataUrlOf = async (file: Blob) =>
  `data:${file.type || "image/png"};base64,${Buffer.from(await file.arrayBuffer()).toString("base64")}`
