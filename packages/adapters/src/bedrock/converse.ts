import { toBody } from "../anthropic/request.ts"
import type { ChatRequest, ReasoningEffort } from "../spec/index.ts"
import { type Json, record, records } from "../wire/json.ts"
import { blocksOf } from "./blocks.ts"

/**
 * Converse is Anthropic's Messages in other words, for the models of everybody.
 *
 * @see https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html
 */
export function converseBody(request: ChatRequest) {
  // How hard to think is said to each family of models in another way, or not at all.
  const plain = Object.create(request, { reasoningEffort: { value: undefined } })
  const body = record(toBody(plain))
  return {
    system: systemOf(body.system),
    messages: records(body.messages).map(({ role, content }) => ({
      role,
      content: records(content).flatMap(blocksOf),
    })),
    inferenceConfig: {
      maxTokens: request.maxTokens,
      temperature: body.temperature,
      topP: body.top_p,
      stopSequences: body.stop_sequences,
    },
    toolConfig: toolConfigOf(body),
    additionalModelRequestFields: extrasOf(request),
  }
}

/** What each family of models calls its own. Who is not known here is not told how hard to think. */
function extrasOf({ model, topK, reasoningEffort: effort }: ChatRequest) {
  const extras = {
    ...(topK !== undefined && { top_k: topK }),
    ...(effort && effortOf(model, effort)),
  }
  return Object.keys(extras).length > 0 ? extras : undefined
}

function effortOf(model: string, effort: ReasoningEffort) {
  const degree =
    { none: "low", minimal: "low", low: "low", medium: "medium" }[effort as string] ?? "high"
  if (model.includes("openai.")) return { reasoning_effort: degree }
  if (!model.includes("nova-2")) return {}
  const type = effort === "none" ? "disabled" : "enabled"
  return { reasoningConfig: { type, ...(type === "enabled" && { maxReasoningEffort: degree }) } }
}

function systemOf(system: unknown) {
  if (typeof system === "string") return [{ text: system }]
  const blocks = records(system).flatMap(blocksOf)
  return blocks.length > 0 ? blocks : undefined
}

/** There is no word for using none: then they are only described, for the calls there already were. */
function toolConfigOf({ tools, tool_choice: choice, messages }: Json) {
  const none = record(choice).type === "none"
  if (records(tools).length === 0 || (none && !hasCalls(messages))) return undefined
  return {
    tools: records(tools).flatMap(({ name, description, input_schema: json, cache_control }) => [
      { toolSpec: { name, description, inputSchema: { json } } },
      ...(cache_control ? [{ cachePoint: { type: "default" } }] : []),
    ]),
    toolChoice: toolChoiceOf(record(choice)),
  }
}

function toolChoiceOf({ type, name }: Json) {
  if (type === "any") return { any: {} }
  return type === "tool" ? { tool: { name } } : undefined
}

const hasCalls = (messages: unknown) =>
  records(messages).some(({ content }) => records(content).some(({ type }) => type === "tool_use"))
