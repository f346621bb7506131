import { memo, useMemo, useState } from "react"
import { CodeBlock } from "./code-block.tsx"
import { MarkdownBlock } from "./markdown-block.tsx"
import { createSplitter } from "./split-blocks.ts"
import { Writing } from "./writing.ts"
import "./markdown.css"

/** `writing`: more will come, so the last block is completed for the eye and code is drawn plainly. */
export const Markdown = memo(function Markdown(props: { text: string; writing?: boolean }) {
  const [split] = useState(createSplitter)
  const blocks = useMemo(
    () => split(props.text, !props.writing),
    [split, props.text, props.writing],
  )
  const last = blocks.length - 1
  return (
    <Writing value={props.writing ?? false}>
      <div className="prose">
        {blocks.map((block, index) =>
          block.openFence && props.writing ? (
            <CodeBlock key={index} {...block.openFence} />
          ) : (
            <MarkdownBlock
              key={index}
              text={block.text}
              writing={(props.writing ?? false) && index === last}
            />
          ),
        )}
      </div>
    </Writing>
  )
})
