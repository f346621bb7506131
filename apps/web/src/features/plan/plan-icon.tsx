import type { PlanIcon as Name } from "@nio/server/contract"
import {
  BookOpen,
  Bot,
  Code,
  Compass,
  Image,
  type LucideIcon,
  MessageSquare,
  Sparkles,
  Video,
  Volume2,
} from "lucide-react"

const icons: Record<Name, LucideIcon> = {
  bot: Bot,
  message: MessageSquare,
  sparkles: Sparkles,
  image: Image,
  audio: Volume2,
  video: Video,
  code: Code,
  compass: Compass,
  book: BookOpen,
}

export const iconNames = Object.keys(icons) as Name[]

/** The picture of a plan's item. */
export function PlanIcon({ name }: { name: Name }) {
  const Icon = icons[name]
  return <Icon aria-hidden="true" className="size-4 shrink-0 text-muted" />
}
