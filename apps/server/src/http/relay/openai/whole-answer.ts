import type { ChatEvent, FinishReason, TokenLogprob, Usage } from "@nio/adapters"
import { imageMarkdown } from "../image-markdown.ts"
import { type ChatHead, finishReasonOf, wireLogprobs, wireUsage } from "./chunks.ts"
import { createDetails, type Details } from "./reasoning-details.ts"

type Choice = {
  text: string
  reasoning: string
  details: Details
  signed: object[]
  refusal: string
  logprobs: TokenLogprob[]
  calls: { id: string; name: string; arguments: string; signature?: string }[]
  finish: FinishReason
}

/** Collects events into one chat completion. */
export function createCompletion(head: ChatHead) {
  const choices = new Map<number, Choice>()
  let usage: Usage | undefined

  function choiceOf(index: number): Choice {
    let choice = choices.get(index)
    if (!choice) {
      choice = {
        text: "",
        reasoning: "",
        details: createDetails(),
        signed: [],
        refusal: "",
        logprobs: [],
        calls: [],
        finish: "stop",
      }
      choices.set(index, choice)
    }
    return choice
  }

  function add(event: ChatEvent) {
    if (event.type === "usage") {
      usage = event.usage
      return
    }
    const choice = choiceOf(event.choice)
    switch (event.type) {
      case "text":
        choice.text += event.delta
        if (event.logprobs) choice.logprobs.push(...event.logprobs)
        return
      case "reasoning": {
        const detail = choice.details.add(event)
        choice.reasoning += event.delta
        if (detail) choice.signed.push(detail)
        return
      }
      case "refusal":
        choice.refusal += event.delta
        return
      case "image":
        choice.text += imageMarkdown(event)
        return
      case "finish":
        choice.finish = event.reason
        return
      case "tool-call": {
        choice.calls[event.index] ??= { id: event.id ?? "", name: event.name ?? "", arguments: "" }
        const call = choice.calls[event.index]!
        call.arguments += event.argumentsDelta
        if (event.signature) call.signature = event.signature
      }
    }
  }

  return {
    add: (events: readonly ChatEvent[]) => {
      for (const event of events) add(event)
    },
    /** `counted` stands in for a usage the upstream did not send. */
    body: (counted: Usage) => ({
      id: head.id,
      object: "chat.completion",
      created: head.created,
      model: head.model,
      choices: [...choices]
        .sort(([a], [b]) => a - b)
        .map(([index, choice]) => ({
          index,
          message: messageOf(choice, head),
          logprobs: choice.logprobs.length > 0 ? wireLogprobs(choice.logprobs) : null,
          finish_reason: finishReasonOf(choice.finish, head),
        })),
      usage: wireUsage(usage ?? counted),
    }),
  }
}

function messageOf(
  { text, reasoning, signed, refusal, calls }: Choice,
  { legacyFunctions }: ChatHead,
) {
  const made = calls.filter(Boolean).map((call) => ({ ...call, arguments: call.arguments || "{}" }))
  return {
    role: "assistant",
    content: text === "" && (made.length > 0 || refusal !== "") ? null : text,
    refusal: refusal || null,
    ...(reasoning && { reasoning_content: reasoning }),
    ...(signed.length > 0 && { reasoning_details: signed }),
    ...(made.length > 0 && (legacyFunctions ? legacyCall(made[0]!) : toolCalls(made))),
  }
}

const legacyCall = ({ name, arguments: args }: Choice["calls"][number]) => ({
  function_call: { name, arguments: args },
})

const toolCalls = (calls: Choice["calls"]) => ({
  tool_calls: calls.map(({ id, name, arguments: args, signature }) => ({
    id,
    type: "function",
    function: { name, arguments: args },
    ...(signature && { extra_content: { google: { thought_signature: signature } } }),
  })),
})
