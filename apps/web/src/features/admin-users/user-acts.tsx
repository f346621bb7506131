import type { UserDetail } from "@nio/server/contract"
import { toPoints } from "@nio/server/contract/micropoints"
import { useState } from "react"
import { useTranslation } from "react-i18next"
import { formatPointsExactly } from "../../lib/format.ts"
import { parsePoints } from "../../lib/points.ts"
import { trpc } from "../../lib/trpc.ts"
import { Button } from "../../ui/button.tsx"
import { toast } from "../../ui/toast.tsx"
import { ActDialog } from "./act-dialog.tsx"
import { AddPoints } from "./add-points.tsx"

type Act = "add" | "deduct" | "set" | "ban" | "role" | "password" | "email"

/** What an administrator may do to an account, each with a reason. */
export function UserActs({ user }: { user: UserDetail }) {
  const { t } = useTranslation("people")
  const [act, setAct] = useState<Act>()
  const close = () => setAct(undefined)
  const labels: [Act, string][] = [
    ["add", t("add")],
    ["deduct", t("deduct")],
    ["set", t("set")],
    ["password", t("password.set")],
    ["email", t("email.set")],
    ["role", t(user.role === "admin" ? "demote" : "promote")],
    ["ban", t(user.state === "banned" ? "unban" : "ban")],
  ]
  return (
    <div className="flex flex-wrap gap-2">
      {labels.map(([one, label]) => (
        <Button
          key={one}
          size="sm"
          variant={one === "add" ? "primary" : "secondary"}
          className={one === "ban" && user.state !== "banned" ? "text-danger!" : ""}
          onClick={() => setAct(one)}
        >
          {label}
        </Button>
      ))}
      {act === "add" && <AddPoints user={user} onClose={close} />}
      {(act === "deduct" || act === "set") && (
        <ChangePoints user={user} act={act} onClose={close} />
      )}
      {act === "ban" && <Ban user={user} onClose={close} />}
      {act === "role" && <Role user={user} onClose={close} />}
      {act === "password" && <Password user={user} onClose={close} />}
      {act === "email" && <Email user={user} onClose={close} />}
    </div>
  )
}

type Props = { user: UserDetail; onClose: () => void }

/** Says that it is done, shows what it changed, and closes. */
function useDone(onClose: () => void) {
  const { t } = useTranslation("people")
  const utils = trpc.useUtils()
  return {
    async onSuccess() {
      toast.success(t("done"))
      onClose()
      await utils.invalidate()
    },
  }
}

function ChangePoints({ user, act, onClose }: Props & { act: "deduct" | "set" }) {
  const { t } = useTranslation("people")
  const done = useDone(onClose)
  const [requestId] = useState(() => crypto.randomUUID())
  const deduct = trpc.user.deductPoints.useMutation(done)
  const set = trpc.user.setPoints.useMutation(done)
  const change = act === "deduct" ? deduct : set
  const pointsOf = (text: string) => (act === "set" && text.trim() === "0" ? 0 : parsePoints(text))
  return (
    <ActDialog
      title={t(`${act}.title`, { name: user.name })}
      text={t("available", { points: formatPointsExactly(user.available) })}
      confirm={t(act)}
      value={{
        label: t("points"),
        initial: act === "set" ? String(toPoints(user.available)) : "",
        problem: (text) => (pointsOf(text) === undefined ? t("points.wrong") : undefined),
      }}
      busy={change.isPending}
      error={change.error}
      onSubmit={({ value, reason }) =>
        change.mutate({ userId: user.id, points: pointsOf(value) ?? 0, reason, requestId })
      }
      onClose={onClose}
    />
  )
}

function Ban({ user, onClose }: Props) {
  const { t } = useTranslation("people")
  const ban = trpc.user.ban.useMutation(useDone(onClose))
  const way = user.state === "banned" ? "unban" : "ban"
  return (
    <ActDialog
      title={t(`${way}.title`, { name: user.name })}
      text={t(`${way}.text`)}
      confirm={t(way)}
      busy={ban.isPending}
      error={ban.error}
      onSubmit={({ reason }) => ban.mutate({ userId: user.id, banned: way === "ban", reason })}
      onClose={onClose}
    />
  )
}

function Role({ user, onClose }: Props) {
  const { t } = useTranslation("people")
  const setRole = trpc.user.setRole.useMutation(useDone(onClose))
  const way = user.role === "admin" ? "demote" : "promote"
  return (
    <ActDialog
      title={t(`${way}.title`, { name: user.name })}
      text={t(`${way}.text`)}
      confirm={t(way)}
      busy={setRole.isPending}
      error={setRole.error}
      onSubmit={({ reason }) =>
        setRole.mutate({ userId: user.id, role: way === "demote" ? "user" : "admin", reason })
      }
      onClose={onClose}
    />
  )
}

function Password({ user, onClose }: Props) {
  const { t } = useTranslation("people")
  const setPassword = trpc.user.setPassword.useMutation(useDone(onClose))
  return (
    <ActDialog
      title={t("password.title", { name: user.name })}
      text={t("password.text")}
      confirm={t("apply")}
      value={{ label: t("password") }}
      busy={setPassword.isPending}
      error={setPassword.error}
      onSubmit={({ value, reason }) =>
        setPassword.mutate({ userId: user.id, password: value, reason })
      }
      onClose={onClose}
    />
  )
}

function Email({ user, onClose }: Props) {
  const { t } = useTranslation("people")
  const setEmail = trpc.user.setEmail.useMutation(useDone(onClose))
  return (
    <ActDialog
      title={t("email.title", { name: user.name })}
      text={t("email.text")}
      confirm={t("apply")}
      value={{ label: t("email"), initial: user.email ?? "" }}
      busy={setEmail.isPending}
      error={setEmail.error}
      onSubmit={({ value, reason }) =>
        setEmail.mutate({ userId: user.id, email: value.trim() || null, reason })
      }
      onClose={onClose}
    />
  )
}
