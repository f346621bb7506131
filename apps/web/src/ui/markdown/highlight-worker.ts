import { createHighlighterCore } from "shiki/core"
import { createJavaScriptRegexEngine } from "shiki/engine/javascript"
import { bundledLanguages } from "shiki/langs"
import type { CodeLine } from "./highlight.ts"

/** The engine in JavaScript: the other one needs WebAssembly, which a strict policy forbids. */
const highlighter = createHighlighterCore({
  engine: createJavaScriptRegexEngine({ forgiving: true }),
  themes: [
    import("shiki/themes/github-light-high-contrast.mjs"),
    import("shiki/themes/github-dark-high-contrast.mjs"),
  ],
})

const isKnown = (name: string): name is keyof typeof bundledLanguages => name in bundledLanguages

async function colour(code: string, language: string): Promise<CodeLine[] | undefined> {
  if (!isKnown(language)) return
  const core = await highlighter
  await core.loadLanguage(bundledLanguages[language])
  const { tokens } = core.codeToTokens(code, {
    lang: language,
    themes: { light: "github-light-high-contrast", dark: "github-dark-high-contrast" },
    defaultColor: false,
  })
  return tokens.map((line) =>
    line.map(({ content, htmlStyle }) => {
      const light = htmlStyle?.["--shiki-light"]
      return light
        ? ([content, light, htmlStyle["--shiki-dark"] ?? light] as const)
        : ([content] as const)
    }),
  )
}

addEventListener("message", async ({ data: { id, code, language } }) => {
  const lines = await colour(code, language).catch(() => undefined)
  postMessage({ id, lines })
})
