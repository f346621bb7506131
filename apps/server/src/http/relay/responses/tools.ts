import type { Tool, ToolChoice } from "@nio/adapters"
import { z } from "zod"
import { AppError } from "../../../core/error.ts"
import { present } from "../check.ts"

const name = z.string().min(1).max(256)
const description = z.string().nullish()

const functionTool = z.object({
  type: z.literal("function"),
  name,
  description,
  parameters: z.unknown().optional(),
  strict: z.boolean().nullish(),
})
/** Takes whatever the model writes instead of JSON; `format` may say by which grammar. */
const customTool = z.object({
  type: z.literal("custom"),
  name,
  description,
  format: z.object({ syntax: z.string().nullish(), definition: z.string().nullish() }).nullish(),
})
const ownTool = z.discriminatedUnion("type", [functionTool, customTool])
const namespace = z.object({ type: z.literal("namespace"), name, tools: z.array(ownTool) })
/** Run by the upstream itself: `web_search`, `code_interpreter`, `mcp`, … */
const hostedTool = z.object({
  type: z.string().refine((type) => !["function", "custom", "namespace"].includes(type)),
})

/** Read only when a provider of another dialect must be asked. */
export const toolFields = {
  tools: z.array(z.union([ownTool, namespace, hostedTool])).nullish(),
  tool_choice: z
    .union([
      z.enum(["auto", "none", "required"]),
      z.object({ type: z.enum(["function", "custom"]), name }),
      z.object({
        type: z.literal("allowed_tools"),
        mode: z.enum(["auto", "required"]),
        tools: z.array(z.object({ name: z.string().nullish() })),
      }),
    ])
    .nullish(),
}
type WireTools = { [Field in keyof typeof toolFields]?: z.infer<(typeof toolFields)[Field]> }

/** How the caller knows what a model calls by the name of a function. */
export type Called = { type: "function" | "custom"; name: string; namespace?: string }

/** A name that says where a function belongs, for models that know no namespaces. */
export const functionName = (name: string, namespace?: string | null) =>
  namespace ? `${namespace}__${name}` : name

/**
 * A caller's tools as functions, which is all that other dialects know. What only OpenAI could run
 * is left out and named in `dropped`: a program that offers it among others works without it.
 *
 * @throws AppError `input.invalid` when nothing would be left
 */
export function readTools({ tools, tool_choice }: WireTools) {
  const functions: Tool[] = []
  const called = new Map<string, Called>()
  const dropped: string[] = []

  function add(tool: z.infer<typeof ownTool>, namespace?: string) {
    const known = functionName(tool.name, namespace)
    called.set(known, { type: tool.type, name: tool.name, ...(namespace && { namespace }) })
    functions.push({ ...asFunction(tool), name: known })
  }

  for (const tool of tools ?? []) {
    if ("tools" in tool) for (const inner of tool.tools) add(inner, tool.name)
    else if ("name" in tool) add(tool)
    else dropped.push(tool.type)
  }
  if (functions.length === 0 && dropped.length > 0)
    throw new AppError("input.invalid", {
      detail: "tools.0.type: only function tools are understood by this model",
      param: "tools.0.type",
    })
  const allowed = allowedNames(tool_choice)
  const offered = allowed ? functions.filter((tool) => allowed.has(tool.name)) : functions
  return {
    tools: offered.length > 0 ? offered : undefined,
    choice: offered.length > 0 ? choiceOf(tool_choice) : undefined,
    called,
    dropped,
  }
}

function asFunction(tool: z.infer<typeof ownTool>): Tool {
  if (tool.type === "function") {
    const { type: _, ...own } = tool
    return present(own) as Tool
  }
  const { syntax, definition } = tool.format ?? {}
  const grammar = definition ? `The input follows this ${syntax ?? ""} grammar:\n${definition}` : ""
  return {
    name: tool.name,
    description: [tool.description, grammar].filter(Boolean).join("\n\n"),
    parameters: {
      type: "object",
      properties: { input: { type: "string", description: "The whole input of the tool." } },
      required: ["input"],
      additionalProperties: false,
    },
  }
}

function allowedNames(choice: WireTools["tool_choice"]): ReadonlySet<unknown> | undefined {
  if (typeof choice !== "object" || choice?.type !== "allowed_tools") return undefined
  return new Set(choice.tools.map((tool) => tool.name))
}

function choiceOf(choice: WireTools["tool_choice"]): ToolChoice | undefined {
  if (!choice) return undefined
  if (typeof choice === "string") return choice
  return choice.type === "allowed_tools" ? choice.mode : { name: choice.name }
}
