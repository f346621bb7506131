import type { ReactNode } from "react"
import { Mark } from "../../ui/mark.tsx"

/** The frame of the pages before one is in: the mark, a heading, one form. */
export const Door = (props: {
  site: string
  title: string
  text?: string
  children: ReactNode
}) => (
  <main className="flex min-h-full flex-col items-center bg-panel px-6 pt-[14dvh] pb-12">
    <div className="flex items-center gap-2.5">
      <Mark className="size-7 text-accent" />
      <span className="font-semibold text-lg">{props.site}</span>
    </div>
    <section className="mt-8 w-full max-w-sm rounded-lg bg-raised p-6 shadow-rest sm:p-8">
      <h1 className="font-semibold text-lg">{props.title}</h1>
      {props.text && <p className="mt-1.5 text-muted text-sm">{props.text}</p>}
      <div className="mt-6">{props.children}</div>
    </section>
  </main>
)
