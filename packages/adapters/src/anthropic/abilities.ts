/** What a generation of models accepts. Getting it wrong is a 400. */
export type Abilities = {
  /** How thinking is asked for: by a budget, by effort, or not at all because it is always on. */
  thinking: "none" | "budget" | "adaptive" | "always"
  /** `temperature`, `top_p`, `top_k`. */
  sampling: boolean
  /** `tool_choice` other than auto and none. */
  forcedTools: boolean
  /** `output_config.format`. */
  schema: boolean
  /** Whether the last turn may be the assistant's, to be continued. */
  prefill: boolean
  maxTokensDefault: number
}

type Generation = { family: string; version: number }

/** `claude-opus-4-7` and, the other way round, `claude-3-7-sonnet-20250219`. */
function generationOf(model: string): Generation | undefined {
  const [, family, major, minor = "0"] =
    /claude-(opus|sonnet|haiku|fable)-(\d+)(?:[-.](\d)(?!\d))?/.exec(model) ?? []
  if (family) return { family, version: Number(`${major}.${minor}`) }
  const [, old, oldMinor = "0", oldFamily = ""] =
    /claude-(\d)(?:[-.](\d))?(?:-(opus|sonnet|haiku))?/.exec(model) ?? []
  return old ? { family: oldFamily, version: Number(`${old}.${oldMinor}`) } : undefined
}

/**
 * Others who speak this protocol have other names: they get the classic form.
 *
 * @see https://docs.anthropic.com/en/docs/about-claude/models
 */
export function abilitiesOf(model: string): Abilities {
  const { family, version } = generationOf(model) ?? { family: "", version: 4 }
  const always = (family === "opus" && version >= 5.5) || (family === "fable" && version >= 5.1)
  const byEffort = version >= 5 || (family === "opus" && version >= 4.7)
  return {
    thinking: always
      ? "always"
      : byEffort || version >= 4.6
        ? "adaptive"
        : version >= 3.7
          ? "budget"
          : "none",
    sampling: !byEffort,
    forcedTools: !always && family !== "fable",
    schema: version >= 4.5,
    prefill: version < 4.6,
    maxTokensDefault: version < 3.5 ? 4_096 : 8_192,
  }
}
