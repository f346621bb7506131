import { describe, expect, test } from "bun:test"
import { readdirSync } from "node:fs"
import { join } from "node:path"
import { errorCodes } from "@nio/server/core/error"
import { projectRoot } from "../support/sources.ts"

const languages = ["en", "zh-CN", "zh-TW", "ja", "ru"]
/** A file each, in every language. */
const namespaces = readdirSync(join(projectRoot, "apps/web/src/i18n/en")).map((file) =>
  file.replace(/\.ts$/, ""),
)

/** Words that are the same in every language: names, and signs. */
const international =
  /\b(?:API|Anthropic|Azure|Chat Nio|CNY|DeepSeek|Enter|Esc|Gemini|Groq|HTTP|ID|JSON|Markdown|Moonshot|OpenAI|OpenRouter|Shift|URL|Ctrl|curl|https?|sk-\w*|v1|s)\b|\{\w+\}/g

type Words = Record<string, string>

async function wordsOf(language: string, namespace: string): Promise<Words> {
  const file = join(projectRoot, "apps/web/src/i18n", language, `${namespace}.ts`)
  return (await import(file))[namespace]
}

/** A message without the form of its count, which differs between languages. */
const stemOf = (key: string) => key.replace(/_(?:zero|one|two|few|many|other)$/, "")
const placeholdersOf = (text: string) => [...new Set(text.match(/\{\w+\}/g))].toSorted()

for (const namespace of namespaces)
  describe.each(languages)(`%s: ${namespace}`, (language) => {
    test("says every message, with the same blanks to fill", async () => {
      const [source, words] = [await wordsOf("en", namespace), await wordsOf(language, namespace)]
      const shape = (all: Words) => new Set(Object.keys(all).map(stemOf))
      expect(shape(words)).toEqual(shape(source))

      const wrong = Object.entries(words).filter(([key, text]) => {
        const original = source[key] ?? source[`${stemOf(key)}_other`] ?? ""
        return !Bun.deepEquals(placeholdersOf(text), placeholdersOf(original))
      })
      expect(wrong.filter(([key]) => !/_(?:zero|one)$/.test(key))).toEqual([])
    })

    test("has no empty message, and every form its plurals need", async () => {
      const words = await wordsOf(language, namespace)
      expect(Object.entries(words).filter(([, text]) => text.trim() === "")).toEqual([])

      const counted = Object.keys(words).filter((key) => stemOf(key) !== key)
      const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories
      const missing = counted
        .flatMap((key) => forms.map((form) => `${stemOf(key)}_${form}`))
        .filter((key) => !(key in words))
      expect(missing).toEqual([])
    })

    if (language === "en") return

    test("leaves nothing in English", async () => {
      const words = await wordsOf(language, namespace)
      const source = await wordsOf("en", namespace)
      const same = Object.entries(words).filter(
        ([key, text]) => text === source[key] && /[a-z]{2}/i.test(text.replace(international, "")),
      )
      expect(same).toEqual([])
    })
  })

test("every error has a sentence for people", async () => {
  const words = await wordsOf("en", "app")
  const missing = Object.keys(errorCodes).filter((code) => !(`error.${code}` in words))
  expect(missing).toEqual([])
})

test("no error sentence has a blank that its code does not fill", async () => {
  const words = await wordsOf("en", "app")
  const wrong = Object.entries(errorCodes).filter(([code, { says }]) =>
    placeholdersOf(words[`error.${code}`] ?? "").some((blank) => !says.includes(blank)),
  )
  expect(wrong.map(([code]) => code)).toEqual([])
})
