/** Where a model is, when not under its own name. */
const paths: Readonly<Record<string, string>> = {
  "ERNIE-4.0-8K": "completions_pro",
  "ERNIE-3.5-8K": "completions",
  "ERNIE-Bot": "completions",
  "ERNIE-Bot-4": "completions_pro",
  "ERNIE-Bot-8K": "ernie_bot_8k",
  "ERNIE-Bot-turbo": "eb-instant",
  "ERNIE-Speed-8K": "ernie_speed",
  "ERNIE-Lite-8K-0922": "eb-instant",
  "ERNIE-Lite-8K-0308": "ernie-lite-8k",
}

export const pathOf = (model: string) => encodeURIComponent(paths[model] ?? model.toLowerCase())
