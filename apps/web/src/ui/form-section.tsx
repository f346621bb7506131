import type { ReactNode } from "react"
import { Skeleton } from "./skeleton.tsx"

/** A part of a long form: what it is about on the left, its fields on the right. */
export const FormSection = (props: { title: string; text: string; children: ReactNode }) => (
  <section className="grid gap-x-10 gap-y-4 md:grid-cols-[15rem_1fr]">
    <div>
      <h2 className="font-semibold text-sm">{props.title}</h2>
      <p className="mt-1 text-muted text-sm">{props.text}</p>
    </div>
    <div className="grid min-w-0 gap-5">{props.children}</div>
  </section>
)

/** The first part of the form before it is known. */
export const FormSkeleton = () => (
  <div className="grid gap-x-10 gap-y-4 md:grid-cols-[15rem_1fr]">
    <div className="grid content-start gap-2">
      <Skeleton className="h-4 w-24" />
      <Skeleton className="h-4 w-48" />
    </div>
    <div className="grid gap-5">
      <Skeleton className="mt-6 h-10 rounded-md" />
      <div className="grid gap-5 sm:grid-cols-2">
        <Skeleton className="mt-6 h-10 rounded-md" />
        <Skeleton className="mt-6 h-10 rounded-md" />
      </div>
      <Skeleton className="mt-6 h-24 rounded-md" />
    </div>
  </div>
)
