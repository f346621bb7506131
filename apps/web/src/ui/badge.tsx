import type { ReactNode } from "react"

const tones = {
  neutral: "bg-active text-muted",
  accent: "bg-accent-soft text-accent",
  info: "bg-info-soft text-info",
  success: "bg-success-soft text-success",
  warning: "bg-warning-soft text-warning",
  danger: "bg-danger-soft text-danger",
}
export type Tone = keyof typeof tones

export const Badge = (props: { tone?: Tone; children: ReactNode }) => (
  <span
    className={`inline-flex h-5 items-center gap-1 whitespace-nowrap rounded-sm px-1.5 font-medium text-xs ${tones[props.tone ?? "neutral"]}`}
  >
    {props.children}
  </span>
)
