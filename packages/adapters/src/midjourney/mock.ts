import { checkJson, checkKey, checkRequired, firstOf, invalid } from "../testing/check.ts"
import type { Mock, Refusal, RefusalKind } from "../testing/mock.ts"
import type { SeenRequest, Transcript } from "../testing/simulate.ts"

type Stage = { status: string; progress: string; failReason?: string }
type Task = { id: string; action: string; prompt: string; notifyHook?: string; stage: number }

type Behaviour = {
  /** What is told of a task, one look after the other; the last stays. */
  stages?: readonly Stage[]
  /** The number of its first task. */
  firstId?: number
  /** Tasks at a time, beyond which the queue is full. */
  queueMax?: number
  /** Told of every task that is taken on and has somewhere to be told of. */
  taken?: (notifyHook: string, task: object) => void
}

const secret = "mj-mock-secret"
const drawn: readonly Stage[] = [
  { status: "SUBMITTED", progress: "0%" },
  { status: "IN_PROGRESS", progress: "42%" },
  { status: "SUCCESS", progress: "100%" },
]
const failed: readonly Stage[] = [
  ...drawn.slice(0, 2),
  { status: "FAILURE", progress: "42%", failReason: "[Request cancelled due to output filters]" },
]

/**
 * A simulated midjourney-proxy. A prompt with `banned` in it is refused, one with `broken` fails
 * half-way; tasks are known to the one that made them.
 *
 * @see https://github.com/novicezk/midjourney-proxy/blob/main/docs/api.md
 */
export function midjourneyMock({ stages, queueMax, taken, firstId = 1 }: Behaviour = {}): Mock {
  const tasks = new Map<string, Task>()

  function submit({ path, body }: SeenRequest): Transcript {
    const id = String(1_700_000_000_000_000 + firstId + tasks.size)
    const task: Task = {
      id,
      action: path.endsWith("/imagine") ? "IMAGINE" : body.action,
      prompt: body.prompt ?? tasks.get(body.taskId)?.prompt ?? "",
      stage: 0,
      ...(body.notifyHook && { notifyHook: body.notifyHook }),
    }
    tasks.set(id, task)
    if (task.notifyHook) taken?.(task.notifyHook, told(task))
    return json({ code: 1, description: "提交成功", result: id, properties: {} })
  }

  const stagesOf = ({ prompt }: Task) => stages ?? (prompt.includes("broken") ? failed : drawn)

  function told(task: Task) {
    const { id, action, prompt } = task
    const all = stagesOf(task)
    const stage = all[Math.min(task.stage, all.length - 1)]
    const imageUrl =
      stage?.status === "SUCCESS" ? `https://cdn.mock.test/attachments/${id}.png` : null
    return { id, action, prompt, imageUrl, failReason: null, ...stage }
  }

  function fetchTask({ path }: SeenRequest): Transcript {
    const task = tasks.get(/\/mj\/task\/([^/]+)\/fetch$/.exec(path)?.[1] ?? "")
    if (!task) return { ...json(null), body: "null" }
    const answer = json(told(task))
    task.stage++
    return answer
  }

  const isFull = () =>
    queueMax !== undefined &&
    [...tasks.values()].filter((task) => task.stage < stagesOf(task).length).length >= queueMax

  function checkSubmission({ path, body }: SeenRequest): Refusal | undefined {
    if (isFull()) return { kind: "overloaded", message: "队列已满，请稍后尝试" }
    if (path.endsWith("/imagine")) {
      if (String(body.prompt).includes("banned"))
        return { kind: "content-filter", message: "可能包含敏感词" }
      return body.prompt ? undefined : invalid("prompt不能为空")
    }
    if (!tasks.has(body.taskId)) return { kind: "model-missing", message: "关联任务不存在或已失效" }
    if (body.action === "REROLL") return undefined
    return Number.isInteger(body.index) && body.index >= 1 && body.index <= 4
      ? undefined
      : invalid("index错误")
  }

  return {
    channel: (url) => ({ baseUrl: url, key: secret }),
    takes: [
      "POST /mj/submit/imagine, /mj/submit/change",
      "GET /mj/task/{id}/fetch",
      `key ${secret}`,
    ],
    check(seen) {
      const { method, path } = seen
      const submits = method === "POST" && /\/mj\/submit\/(?:imagine|change)$/.test(path)
      const looks = method === "GET" && /\/mj\/task\/[^/]+\/fetch$/.test(path)
      const unauthorized = checkKey(seen.headers.get("mj-api-secret"), secret)
      if (unauthorized || looks) return unauthorized
      if (!submits) return { kind: "model-missing", message: `${method} ${path}` }
      return (
        checkJson(seen.body) ??
        firstOf(
          path.endsWith("/change") ? checkRequired(seen.body, "taskId", "action") : undefined,
          checkSubmission(seen),
        )
      )
    },
    answer: (seen) => (seen.method === "GET" ? fetchTask(seen) : submit(seen)),
    refuse: ({ kind, message }) => {
      const { status = 200, code } = words[kind]
      if (status === 401) return { status, body: "" }
      return { ...json({ code, description: message, properties: {} }), status }
    },
  }
}

/** It answers 200 to nearly everything. */
const words: Record<RefusalKind, { status?: number; code?: number }> = {
  invalid: { code: 4 },
  unauthorized: { status: 401 },
  quota: { code: 30 },
  "content-filter": { code: 24 },
  "model-missing": { code: 3 },
  "rate-limited": { status: 429, code: 9 },
  overloaded: { code: 23 },
}

const json = (body: unknown): Transcript => ({
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
})
