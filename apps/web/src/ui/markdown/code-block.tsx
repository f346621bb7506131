import { Check, Copy } from "lucide-react"
import { lazy, memo, Suspense, use, useEffect, useState } from "react"
import { useTranslation } from "react-i18next"
import { useCopy } from "../../lib/use-copy.ts"
import { type CodeLine, highlight } from "./highlight.ts"
import { Writing } from "./writing.ts"

const Diagram = lazy(async () => ({ default: (await import("./diagram.tsx")).Diagram }))

type Props = { code: string; language: string }

export const CodeBlock = memo(function CodeBlock(props: Props) {
  const writing = use(Writing)
  if (props.language.toLowerCase() !== "mermaid" || writing) return <Code {...props} />
  return (
    <Suspense fallback={<Code {...props} />}>
      <Diagram source={props.code} fallback={<Code {...props} />} />
    </Suspense>
  )
})

function Code({ code, language }: Props) {
  const writing = use(Writing)
  const { t } = useTranslation()
  const { copied, copy } = useCopy()
  return (
    <figure className="code">
      <figcaption>
        <span>{language}</span>
        <button type="button" onClick={() => void copy(code)}>
          {copied ? <Check aria-hidden="true" /> : <Copy aria-hidden="true" />}
          {t(copied ? "common.copied" : "markdown.copyCode")}
        </button>
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <pre tabIndex={0}>
        <code>
          {writing ? <PlainCode code={code} /> : <ColouredCode code={code} language={language} />}
        </code>
      </pre>
    </figure>
  )
}

const linesPerChunk = 40

/** In chunks, so that a growing block lays out its end and not all of it. */
function PlainCode({ code }: { code: string }) {
  const lines = code.split("\n")
  const chunks: string[] = []
  for (let at = 0; at < lines.length; at += linesPerChunk)
    chunks.push(`${lines.slice(at, at + linesPerChunk).join("\n")}\n`)
  return chunks.map((chunk, index) => <Chunk key={index} text={chunk} />)
}

const Chunk = memo(({ text }: { text: string }) => <span className="block">{text}</span>)

function ColouredCode({ code, language }: { code: string; language: string }) {
  const [lines, setLines] = useState<readonly CodeLine[]>()
  useEffect(() => {
    let current = true
    void highlight(code, language).then((coloured) => current && setLines(coloured))
    return () => {
      current = false
    }
  }, [code, language])

  if (!lines) return <PlainCode code={code} />
  return lines.map((line, row) => (
    <span className="block min-h-[1lh]" key={row}>
      {line.map(([text, light, dark], column) =>
        light ? (
          <span key={column} style={{ color: `light-dark(${light},${dark})` }}>
            {text}
          </span>
        ) : (
          text
        ),
      )}
    </span>
  ))
}
