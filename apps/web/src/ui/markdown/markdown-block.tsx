import { memo } from "react"
import ReactMarkdown, { type Components } from "react-markdown"
import remarkGfm from "remark-gfm"
import remarkMath from "remark-math"
import remend from "remend"
import { CodeBlock } from "./code-block.tsx"
import { Formula } from "./formula.tsx"
import { Picture } from "./picture.tsx"
import { prepareMath } from "./prepare-math.ts"
import { safeLink } from "./safe-link.ts"

/** Drawn again only when its own text changes. Raw HTML in it is shown as the text it is. */
export const MarkdownBlock = memo(function MarkdownBlock(props: {
  text: string
  writing: boolean
}) {
  return (
    <ReactMarkdown
      remarkPlugins={plugins}
      components={components}
      // The components judge every address themselves.
      urlTransform={(url) => url}
    >
      {prepareMath(props.writing ? remend(props.text) : props.text)}
    </ReactMarkdown>
  )
})

const plugins = [remarkGfm, remarkMath]

const languageOf = (className: string | undefined) =>
  /\blanguage-(\S+)/.exec(className ?? "")?.[1] ?? ""

const components: Components = {
  a({ href, children }) {
    const own = href?.startsWith("#") ? href : undefined
    const target = own ?? safeLink(href)
    if (!target) return <>{children}</>
    return (
      <a href={target} {...(!own && { target: "_blank", rel: "noopener noreferrer nofollow" })}>
        {children}
      </a>
    )
  },
  img: ({ src, alt }) => (
    <Picture src={typeof src === "string" ? src : undefined} alt={alt ?? ""} />
  ),
  pre({ node }) {
    const code = node?.children[0]
    if (code?.type !== "element") return null
    const text = code.children.map((child) => (child.type === "text" ? child.value : "")).join("")
    const names = code.properties.className
    const language = languageOf(Array.isArray(names) ? names.join(" ") : "")
    if (language === "math") return <Formula tex={text} display />
    return <CodeBlock code={text.replace(/\n$/, "")} language={language} />
  },
  code({ className, children }) {
    if (languageOf(className) === "math") return <Formula tex={String(children)} />
    return <code>{children}</code>
  },
  table: ({ children }) => (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <div className="table" tabIndex={0}>
      <table>{children}</table>
    </div>
  ),
}
