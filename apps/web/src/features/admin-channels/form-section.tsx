import type { ReactNode } from "react"

/** A part of a long form: what it is about on the left, its fields on the right. */
export const FormSection = (props: { title: string; text: string; children: ReactNode }) => (
  <section className="grid gap-x-10 gap-y-4 md:grid-cols-[15rem_1fr]">
    <div>
      <h2 className="font-semibold text-sm">{props.title}</h2>
      <p className="mt-1 text-muted text-sm">{props.text}</p>
    </div>
    <div className="grid gap-5">{props.children}</div>
  </section>
)
