import { judge as judgeAsOpenai } from "../openai/errors.ts"
import { readAnswer } from "../pictures/read-answer.ts"
import type { TaskRequest, Upstream } from "../spec/index.ts"
import type { Failure } from "../wire/failure.ts"
import { getJson } from "../wire/get-json.ts"
import { type Json, record, records, text } from "../wire/json.ts"
import { pollAnswer, type Report } from "../wire/poll.ts"
import { taskResult } from "../wire/task-answer.ts"
import { fieldsOf, sizeOf } from "../wire/vectors.ts"
import { errors } from "./errors.ts"

const judge = (failure: Failure) => judgeAsOpenai(failure, errors)

/**
 * Pictures are made in the upstream's own time: asked for once, then looked after.
 *
 * @see https://help.aliyun.com/zh/model-studio/text-to-image-v2-api-reference
 */
export async function pictures(request: TaskRequest, upstream: Upstream) {
  const headers = { authorization: `Bearer ${upstream.key}` }
  const api = `${upstream.baseUrl.replace(/\/(compatible-mode|api)\/v1$/, "")}/api/v1`
  const asked = {
    url: `${api}/services/aigc/text2image/image-synthesis`,
    headers: { ...headers, "x-dashscope-async": "enable" },
    body: JSON.stringify(bodyOf(request)),
  }
  const task = record(record(await getJson({ judge }, asked, upstream)).output)
  const look = { url: `${api}/tasks/${encodeURIComponent(String(task.task_id))}`, headers }
  const { events } = await readAnswer(pollAnswer({ judge, look, read }, upstream))
  const data = events.flatMap((event) => (event.type === "text" ? [{ url: event.delta }] : []))
  const created = Math.floor(Date.now() / 1_000)
  return taskResult({ created, data }, { input: 0, output: 0, images: data.length })
}

function bodyOf(request: TaskRequest) {
  const { prompt, negative_prompt, n, seed, style, prompt_extend, watermark } = fieldsOf(request)
  const size = sizeOf(request)
  return {
    model: request.model,
    input: { prompt, negative_prompt },
    parameters: {
      size: size && `${size.width}*${size.height}`,
      n: n ?? 1,
      seed,
      style: /^<.*>$/.test(String(style)) ? style : undefined,
      prompt_extend,
      watermark,
    },
  }
}

/** The addresses of the pictures, one event each. */
function read(report: Json): Report {
  const output = record(report.output)
  const status = text(output.task_status)
  if (status === "PENDING" || status === "RUNNING") return { events: [] }
  if (status === "SUCCEEDED") {
    const urls = records(output.results).flatMap(({ url }) => (text(url) ? [String(url)] : []))
    return { events: urls.map((delta) => ({ type: "text", choice: 0, delta })), ended: true }
  }
  const code = text(output.code) ?? ""
  const message = text(output.message) ?? `The picture was not made (${status ?? "unknown"}).`
  return { events: [], failure: { message, code, body: output } }
}
