import type { ChatEvent } from "../spec/index.ts"
import { type Json, text } from "../wire/json.ts"
import type { Report } from "../wire/poll.ts"
import { brokenError } from "../wire/upstream-error.ts"
import { actionsOn, picture } from "./markdown.ts"

type Work = {
  id: string
  /** The name the caller knows the model by, for what they may ask next. */
  model: string
  /** Whether only the end is told: nobody looks on. */
  quiet: boolean
  /** What is upscaled has nothing more to choose from. */
  upscaled: boolean
}

/**
 * Reads the reports of one task, in order: how far it is as a block of numbers, then the picture and
 * what may be done with it.
 */
export function createTaskReader(work: Work): (task: Json) => Report {
  let told = -1

  const say = (delta: string, progress?: true): ChatEvent => ({
    type: "text",
    choice: 0,
    delta,
    ...(progress && { progress }),
  })

  /** The numbers go up only. */
  function tell(percent: number): ChatEvent[] {
    if (work.quiet || percent <= told) return []
    const opening = told < 0 ? "```progress\n" : ""
    told = percent
    return [say(`${opening}${percent}\n`, true)]
  }

  function drawn(url: string): ChatEvent[] {
    const actions = work.upscaled ? "" : `\n\n${actionsOn(work.id, work.model)}`
    return [
      ...tell(100),
      ...(work.quiet ? [] : [say("```\n\n", true)]),
      say(`${picture(url)}${actions}`),
      { type: "finish", choice: 0, reason: "stop" },
    ]
  }

  return (task) => {
    if (typeof task.status !== "string") throw brokenError("The upstream does not know the task.")
    switch (task.status) {
      case "SUCCESS": {
        const url = text(task.imageUrl)
        if (!url || !URL.canParse(url)) return failed("it has no picture", task)
        return { events: drawn(url), ended: true }
      }
      case "FAILURE":
        return failed(text(task.failReason) ?? text(task.description) ?? "no reason given", task)
      case "CANCEL":
        return failed("it was cancelled", task)
      case "MODAL":
        return failed("it waits for an answer that cannot be given here", task)
      default:
        // 100 is said with the picture alone.
        return { events: tell(Math.min(percentOf(task.progress), 99)) }
    }
  }
}

const failed = (reason: string, body: Json): Report => ({
  events: [],
  failure: { message: `task failed: ${reason}`, body },
})

/** `45%`; nothing while the task waits. */
function percentOf(progress: unknown): number {
  const number = typeof progress === "string" ? Number.parseInt(progress, 10) : Number(progress)
  return number >= 0 ? number : 0
}
