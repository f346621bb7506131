import { z } from "zod"

/** Far beyond any model's answer, far below where counting stops being exact. */
const tokensMax = 10_000_000
/** As Google's own. */
const candidatesMax = 8

const number = z.number().nullish()
const name = z.string().min(1).max(256)

/** Google takes every field in either spelling: `maxOutputTokens`, `max_output_tokens`. */
const fields = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.preprocess(inCamelCase, z.object(shape))

export function inCamelCase(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) => [
      key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      field,
    ]),
  )
}

const generationConfig = fields({
  temperature: number,
  topP: number,
  topK: z.number().min(0).nullish(),
  maxOutputTokens: z.int().min(1).max(tokensMax).nullish(),
  stopSequences: z.array(z.string()).max(64).nullish(),
  candidateCount: z.int().min(1).max(candidatesMax).nullish(),
  seed: z.int().nullish(),
  presencePenalty: number,
  frequencyPenalty: number,
  responseLogprobs: z.boolean().nullish(),
  logprobs: z.int().min(0).max(20).nullish(),
  responseMimeType: z.string().nullish(),
  responseSchema: z.unknown().optional(),
  responseJsonSchema: z.unknown().optional(),
  thinkingConfig: fields({
    thinkingBudget: z.int().min(-1).max(tokensMax).nullish(),
    thinkingLevel: z.string().nullish(),
  }).nullish(),
})
export type GenerationConfig = z.infer<typeof generationConfig>

const one = z.unknown().transform((value) => (Array.isArray(value) ? value : [value]))

/**
 * What we look at ourselves in a request for content. Everything else is the upstream's to judge,
 * and reaches it as it came when it speaks the same dialect.
 *
 * @see https://ai.google.dev/api/generate-content
 */
export const requestSchema = fields({
  contents: one.pipe(z.array(z.record(z.string(), z.unknown())).min(1)),
  generationConfig: generationConfig.nullish(),
})

const declaration = fields({
  name,
  description: z.string().nullish(),
  parameters: z.unknown().optional(),
  parametersJsonSchema: z.unknown().optional(),
})
export type Declaration = z.infer<typeof declaration>

/** The parts that are only read when a provider of another dialect must be asked. */
export const toolsSchema = fields({
  cachedContent: z.string().nullish(),
  tools: z.array(z.record(z.string(), z.unknown())).nullish(),
  toolConfig: fields({
    functionCallingConfig: fields({
      mode: z.string().nullish(),
      allowedFunctionNames: z.array(name).nullish(),
    }).nullish(),
  }).nullish(),
})
export const declarationsSchema = z.array(declaration)

const part = fields({
  text: z.string().nullish(),
  thought: z.boolean().nullish(),
  thoughtSignature: z.string().nullish(),
  inlineData: fields({ mimeType: z.string(), data: z.string() }).nullish(),
  fileData: fields({ mimeType: z.string().nullish(), fileUri: z.string().min(1) }).nullish(),
  functionCall: fields({ id: z.string().nullish(), name, args: z.unknown().optional() }).nullish(),
  functionResponse: fields({
    id: z.string().nullish(),
    name,
    response: z.unknown().optional(),
  }).nullish(),
})
export type WirePart = z.infer<typeof part>

export const contentSchema = fields({
  role: z.enum(["user", "model", "function", "system"]).nullish(),
  parts: z.array(part),
})
export type WireContent = z.infer<typeof contentSchema>
